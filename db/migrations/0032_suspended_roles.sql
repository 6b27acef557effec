ALTER TABLE "membership" ADD COLUMN "suspended" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- The roles of accounts that were deactivated before rest as well.
ALTER TABLE "membership" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "app_user" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "membership" m SET suspended = true FROM "app_user" u WHERE u.id = m.user_id AND u.status = 'disabled';--> statement-breakpoint
ALTER TABLE "app_user" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;
