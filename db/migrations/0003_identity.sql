ALTER TABLE "invitation" ADD COLUMN "granted_within" text collate "C" NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("city_id","at","id");