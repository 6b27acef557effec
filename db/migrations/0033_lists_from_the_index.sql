DROP INDEX "assistance_event_day";--> statement-breakpoint
DROP INDEX "person_path";--> statement-breakpoint
DROP INDEX "person_category_record";--> statement-breakpoint
DROP INDEX "person_category_held";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "reinstated_on" date;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "reinstate_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "assistance_case_payments" ON "assistance_case" USING btree ("city_id","paid_on","path","type_code","category","age","paid","applied_on") WHERE paid_on is not null;--> statement-breakpoint
CREATE INDEX "person_born" ON "person" USING btree ("city_id","born_on");--> statement-breakpoint
CREATE INDEX "person_living_alone" ON "person" USING btree ("city_id","pinyin","id","born_on","active_from","left_on","path") WHERE living_alone;--> statement-breakpoint
CREATE INDEX "person_empty_nest" ON "person" USING btree ("city_id","pinyin","id","born_on","active_from","left_on","path") WHERE empty_nest;--> statement-breakpoint
CREATE INDEX "person_gone" ON "person" USING btree ("city_id","pinyin","id") WHERE left_on is not null;--> statement-breakpoint
CREATE INDEX "reception_unanswered" ON "reception" USING btree ("city_id","day","id") WHERE "reception"."state" in ('to_do', 'passed_up', 'replied');--> statement-breakpoint
CREATE INDEX "assistance_event_day" ON "assistance_event" USING btree ("city_id","on_day","path","from_state","waited","action","case_id");--> statement-breakpoint
CREATE INDEX "person_path" ON "person" USING btree ("city_id","path","active_from","left_on");--> statement-breakpoint
CREATE INDEX "person_category_record" ON "person_category" USING btree ("city_id","record_id","path","code","valid_from","valid_to");--> statement-breakpoint
CREATE INDEX "person_category_held" ON "person_category" USING btree ("city_id","code","record_id","valid_from","valid_to","path");