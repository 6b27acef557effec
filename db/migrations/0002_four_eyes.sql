ALTER TABLE "monthly_report" ADD COLUMN "submitted_by_id" uuid;--> statement-breakpoint
ALTER TABLE "monthly_report" ADD COLUMN "warnings" integer DEFAULT 0 NOT NULL;