-- The owner is held to the policies, too. A rule planned for a month that has not begun may be dropped again.
ALTER TABLE "staffing_rule" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "staffing_rule" TO muster_app;
