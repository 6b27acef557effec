ALTER TABLE "app_user" ADD COLUMN "disabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "app_user" ADD COLUMN "disabled_by" text;--> statement-breakpoint
ALTER TABLE "app_user" ADD COLUMN "disabled_city" bigint;--> statement-breakpoint
ALTER TABLE "app_user" ADD COLUMN "disabled_within" text collate "C";--> statement-breakpoint
CREATE INDEX "message_unread" ON "message" USING btree ("city_id","station_id") WHERE read_at is null;--> statement-breakpoint
CREATE POLICY "message_auth_select" ON "message" AS PERMISSIVE FOR SELECT TO "muster_auth" USING (true);--> statement-breakpoint

-- What counting takes, and no word of what was said.
GRANT SELECT ("city_id", "station_id", "read_at") ON "message" TO muster_auth;
