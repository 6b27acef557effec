-- What drizzle-kit does not write: FORCE RLS and grants. A finding's history can be added to, never changed.
ALTER TABLE "inspection" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inspection_item" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inspection_inspector" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inspection_station" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "finding" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "finding_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "inspection", "inspection_station", "finding" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "inspection_item", "inspection_inspector", "finding_event" TO muster_app;--> statement-breakpoint
GRANT UPDATE ("path") ON "inspection_item", "inspection_inspector", "finding_event" TO muster_app;
