-- The owner is held to the policies, too. What held once stays: rows are corrected, never taken away.
ALTER TABLE "station_premises" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "station_premises" TO muster_app;
