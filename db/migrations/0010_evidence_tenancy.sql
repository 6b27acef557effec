-- The owner is held to the policies, too; what was shown once is kept, so nobody deletes.
ALTER TABLE "evidence" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "evidence" TO muster_app;
