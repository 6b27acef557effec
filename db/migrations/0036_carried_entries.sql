ALTER TABLE "reception" DROP CONSTRAINT "reception_state";--> statement-breakpoint
ALTER TABLE "reception" ADD CONSTRAINT "reception_state" CHECK ("reception"."state" in ('to_do', 'passed_up', 'replied', 'carried', 'answered', 'void'));--> statement-breakpoint
-- Of the entries that became a petition or a case of assistance before, those not settled are carried on there, too.
ALTER TABLE "reception" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_case" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "reception" r SET state = 'carried', due_on = NULL, version = version + 1
WHERE r.state IN ('to_do', 'passed_up', 'replied')
  AND (EXISTS (SELECT FROM "petition" q WHERE q.city_id = r.city_id AND q.reception_id = r.id)
    OR EXISTS (SELECT FROM "assistance_case" a WHERE a.city_id = r.city_id AND a.reception_id = r.id));--> statement-breakpoint
ALTER TABLE "reception" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_case" FORCE ROW LEVEL SECURITY;
