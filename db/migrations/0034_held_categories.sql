DROP INDEX "person_pinyin";--> statement-breakpoint
DROP INDEX "person_name";--> statement-breakpoint
DROP INDEX "person_living_alone";--> statement-breakpoint
DROP INDEX "person_empty_nest";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "categories" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
-- What person_category says already. The owner of the tables writes for every city at once.
ALTER TABLE "person" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_category" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "person" p SET categories = h.codes
FROM (
  SELECT city_id, record_id, array_agg(code ORDER BY code) AS codes FROM "person_category"
  WHERE valid_to IS NULL GROUP BY city_id, record_id
) h
WHERE h.city_id = p.city_id AND h.record_id = p.id;--> statement-breakpoint
ALTER TABLE "person_category" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "person_pinyin" ON "person" USING btree ("city_id","pinyin","id","active_from","left_on","path","categories","born_on","completeness","confirmed_on");--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("city_id","name","pinyin","id","active_from","left_on","path","categories");--> statement-breakpoint
CREATE INDEX "person_living_alone" ON "person" USING btree ("city_id","pinyin","id","born_on","active_from","left_on","path","categories") WHERE living_alone;--> statement-breakpoint
CREATE INDEX "person_empty_nest" ON "person" USING btree ("city_id","pinyin","id","born_on","active_from","left_on","path","categories") WHERE empty_nest;