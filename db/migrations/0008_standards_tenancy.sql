-- What drizzle-kit does not write: FORCE RLS and grants.
ALTER TABLE "standard_set_version" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "standard_item" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "standard_grade" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assessment" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assessment_value" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "standard_set_version", "assessment", "assessment_value" TO muster_app;--> statement-breakpoint
-- Items and grades leave a draft; a published version is never touched (db/queries/standards/edit.ts).
GRANT SELECT, INSERT, UPDATE, DELETE ON "standard_item", "standard_grade" TO muster_app;
