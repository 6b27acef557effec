DROP INDEX "person_category_code";--> statement-breakpoint
CREATE INDEX "person_category_held" ON "person_category" USING btree ("city_id","code","record_id");