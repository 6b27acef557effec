CREATE TABLE "petition" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"channel" text collate "C" NOT NULL,
	"topic" text collate "C" NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"people" integer NOT NULL,
	"backlog" boolean NOT NULL,
	"leader_id" uuid,
	"leader_name" text,
	"reception_id" uuid,
	"state" text collate "C" NOT NULL,
	"received_on" date NOT NULL,
	"registered_on" date NOT NULL,
	"accepted_on" date,
	"extended_days" integer DEFAULT 0 NOT NULL,
	"extended_on" date,
	"time_asked_days" integer,
	"time_asked_by_id" uuid,
	"closed_on" date,
	"review_asked_on" date,
	"review_answered_on" date,
	"final_asked_on" date,
	"final_answered_on" date,
	"request_key" uuid NOT NULL,
	"by_name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "petition_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "petition_state" CHECK ("petition"."state" in ('registered', 'accepted', 'replied', 'in_review', 'reviewed', 'in_final', 'final', 'referred', 'refused', 'withdrawn', 'archived')),
	CONSTRAINT "petition_channel" CHECK ("petition"."channel" in ('walk_in', 'letter', 'phone', 'online', 'assigned')),
	CONSTRAINT "petition_people" CHECK ("petition"."people" between 1 and 9999),
	CONSTRAINT "petition_accepted" CHECK ("petition"."state" not in ('accepted', 'replied', 'in_review', 'reviewed', 'in_final', 'final')
        or "petition"."accepted_on" is not null),
	CONSTRAINT "petition_closed" CHECK (("petition"."closed_on" is not null) = ("petition"."accepted_on" is not null and "petition"."state" <> 'accepted')),
	CONSTRAINT "petition_dates" CHECK (("petition"."accepted_on" is null or "petition"."accepted_on" >= "petition"."received_on")
        and ("petition"."closed_on" is null or "petition"."closed_on" >= "petition"."accepted_on")),
	CONSTRAINT "petition_extended" CHECK (("petition"."extended_days" > 0) = ("petition"."extended_on" is not null)),
	CONSTRAINT "petition_time_asked" CHECK (("petition"."time_asked_days" is null) = ("petition"."time_asked_by_id" is null)),
	CONSTRAINT "petition_leader" CHECK (("petition"."leader_id" is null) = ("petition"."leader_name" is null))
);
--> statement-breakpoint
ALTER TABLE "petition" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "petition_event" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"petition_id" uuid NOT NULL,
	"action" text collate "C" NOT NULL,
	"from_state" text collate "C",
	"to_state" text collate "C" NOT NULL,
	"on_day" date NOT NULL,
	"days" integer,
	"at" timestamp with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"by_station_name" text NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	CONSTRAINT "petition_event_city_id_petition_id_id_pk" PRIMARY KEY("city_id","petition_id","id")
);
--> statement-breakpoint
ALTER TABLE "petition_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "petition_limit" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"valid_from" date NOT NULL,
	"decide_days" integer NOT NULL,
	"handle_days" integer NOT NULL,
	"extend_days" integer NOT NULL,
	"ask_days" integer NOT NULL,
	"review_days" integer NOT NULL,
	"final_days" integer NOT NULL,
	CONSTRAINT "petition_limit_city_id_valid_from_pk" PRIMARY KEY("city_id","valid_from"),
	CONSTRAINT "petition_limit_days" CHECK ("petition_limit"."decide_days" between 1 and 365 and "petition_limit"."handle_days" between 1 and 365 and "petition_limit"."extend_days" between 1 and 365 and "petition_limit"."ask_days" between 1 and 365
        and "petition_limit"."review_days" between 1 and 365 and "petition_limit"."final_days" between 1 and 365)
);
--> statement-breakpoint
ALTER TABLE "petition_limit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "petition_petitioner" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"petition_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"record_id" uuid,
	"name" "bytea" NOT NULL,
	"phone" "bytea",
	"address" "bytea",
	CONSTRAINT "petition_petitioner_city_id_petition_id_place_pk" PRIMARY KEY("city_id","petition_id","place")
);
--> statement-breakpoint
ALTER TABLE "petition_petitioner" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultation_topic" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"sort" integer NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "consultation_topic_city_id_code_pk" PRIMARY KEY("city_id","code")
);
--> statement-breakpoint
ALTER TABLE "consultation_topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"station_name" text NOT NULL,
	"topic" text collate "C" NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"search" text NOT NULL,
	"reception_id" uuid,
	"published_on" date NOT NULL,
	"published_by" text NOT NULL,
	"withdrawn_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "knowledge_city_id_id_pk" PRIMARY KEY("city_id","id")
);
--> statement-breakpoint
ALTER TABLE "knowledge" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reception" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"day" date NOT NULL,
	"channel" text collate "C" NOT NULL,
	"purpose" text collate "C" NOT NULL,
	"topic" text collate "C" NOT NULL,
	"record_id" uuid,
	"visitor" "bytea",
	"visitor_phone" "bytea",
	"question" text NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"state" text collate "C" NOT NULL,
	"due_on" date,
	"asked_station_id" bigint,
	"asked_station_name" text,
	"passed_at" timestamp with time zone,
	"passed_by" text,
	"reply" text DEFAULT '' NOT NULL,
	"replied_at" timestamp with time zone,
	"replied_by" text,
	"answered_on" date,
	"answered_by" text,
	"struck_reason" text,
	"request_key" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reception_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "reception_channel" CHECK ("reception"."channel" in ('walk_in', 'phone', 'online')),
	CONSTRAINT "reception_purpose" CHECK ("reception"."purpose" in ('question', 'errand', 'grievance')),
	CONSTRAINT "reception_state" CHECK ("reception"."state" in ('to_do', 'passed_up', 'replied', 'answered', 'void')),
	CONSTRAINT "reception_answered_on" CHECK (("reception"."state" = 'answered') = ("reception"."answered_on" is not null)),
	CONSTRAINT "reception_visitor" CHECK ("reception"."record_id" is null or "reception"."visitor" is null),
	CONSTRAINT "reception_asked_station" CHECK ("reception"."state" <> 'passed_up' or "reception"."asked_station_id" is not null),
	CONSTRAINT "reception_struck" CHECK (("reception"."state" = 'void') = ("reception"."struck_reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "reception" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition" ADD CONSTRAINT "petition_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition" ADD CONSTRAINT "petition_topic_fk" FOREIGN KEY ("city_id","topic") REFERENCES "public"."consultation_topic"("city_id","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition" ADD CONSTRAINT "petition_reception_fk" FOREIGN KEY ("city_id","reception_id") REFERENCES "public"."reception"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_event" ADD CONSTRAINT "petition_event_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_event" ADD CONSTRAINT "petition_event_petition_fk" FOREIGN KEY ("city_id","petition_id") REFERENCES "public"."petition"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_petitioner" ADD CONSTRAINT "petition_petitioner_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_petitioner" ADD CONSTRAINT "petition_petitioner_petition_fk" FOREIGN KEY ("city_id","petition_id") REFERENCES "public"."petition"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "petition_petitioner" ADD CONSTRAINT "petition_petitioner_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge" ADD CONSTRAINT "knowledge_topic_fk" FOREIGN KEY ("city_id","topic") REFERENCES "public"."consultation_topic"("city_id","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reception" ADD CONSTRAINT "reception_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reception" ADD CONSTRAINT "reception_topic_fk" FOREIGN KEY ("city_id","topic") REFERENCES "public"."consultation_topic"("city_id","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reception" ADD CONSTRAINT "reception_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "petition_path" ON "petition" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "petition_number" ON "petition" USING btree ("city_id","station_id","year","number");--> statement-breakpoint
CREATE UNIQUE INDEX "petition_request" ON "petition" USING btree ("city_id","station_id","request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "petition_reception" ON "petition" USING btree ("city_id","reception_id") WHERE reception_id is not null;--> statement-breakpoint
CREATE INDEX "petition_received" ON "petition" USING btree ("city_id","received_on","id");--> statement-breakpoint
CREATE INDEX "petition_station" ON "petition" USING btree ("city_id","station_id","received_on","id");--> statement-breakpoint
CREATE INDEX "petition_running" ON "petition" USING btree ("city_id","path") WHERE state in ('registered', 'accepted', 'in_review', 'in_final');--> statement-breakpoint
CREATE INDEX "petition_event_path" ON "petition_event" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "petition_petitioner_path" ON "petition_petitioner" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "petition_petitioner_record" ON "petition_petitioner" USING btree ("city_id","record_id") WHERE record_id is not null;--> statement-breakpoint
CREATE INDEX "knowledge_path" ON "knowledge" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "knowledge_published" ON "knowledge" USING btree ("city_id","published_on","id") WHERE withdrawn_on is null;--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_reception" ON "knowledge" USING btree ("city_id","reception_id") WHERE reception_id is not null and withdrawn_on is null;--> statement-breakpoint
CREATE INDEX "reception_path" ON "reception" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "reception_request" ON "reception" USING btree ("city_id","station_id","request_key");--> statement-breakpoint
CREATE INDEX "reception_day" ON "reception" USING btree ("city_id","day","id");--> statement-breakpoint
CREATE INDEX "reception_station" ON "reception" USING btree ("city_id","station_id","day","id");--> statement-breakpoint
CREATE INDEX "reception_answered" ON "reception" USING btree ("city_id","station_id","answered_on") WHERE answered_on is not null;--> statement-breakpoint
CREATE INDEX "reception_asked" ON "reception" USING btree ("city_id","asked_station_id") WHERE state = 'passed_up';--> statement-breakpoint
CREATE INDEX "reception_open" ON "reception" USING btree ("city_id","station_id","state") WHERE state in ('to_do', 'replied');--> statement-breakpoint
CREATE INDEX "reception_record" ON "reception" USING btree ("city_id","record_id","day") WHERE record_id is not null;--> statement-breakpoint
CREATE POLICY "petition_scope" ON "petition" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "petition_event_scope" ON "petition_event" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "petition_limit_scope" ON "petition_limit" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "petition_limit_published" ON "petition_limit" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "petition_petitioner_scope" ON "petition_petitioner" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "consultation_topic_scope" ON "consultation_topic" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "consultation_topic_published" ON "consultation_topic" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "knowledge_scope" ON "knowledge" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "knowledge_published" ON "knowledge" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "reception_scope" ON "reception" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint

-- The owner is held to the policies, too. Nothing is ever deleted: an entry is struck out, a petition filed away.
ALTER TABLE "consultation_topic" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reception" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "knowledge" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition_limit" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition_petitioner" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "consultation_topic", "reception", "knowledge", "petition_limit", "petition" TO muster_app;--> statement-breakpoint
-- Who petitions and what happened is written once; a move of the station rewrites the path.
GRANT SELECT, INSERT, UPDATE (path) ON "petition_petitioner", "petition_event" TO muster_app;--> statement-breakpoint
-- A new key seals what is sealed anew.
GRANT UPDATE (name, phone, address) ON "petition_petitioner" TO muster_app;--> statement-breakpoint

-- Cities that are there already get topics, limits and the figures that follow from the two registers. The owner may
-- reach the rows of every city only while the policies do not hold for it; nobody else sees anything of this transaction.
ALTER TABLE "city" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultation_topic" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "petition_limit" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "consultation_topic" (city_id, path, code, name_zh, name_en, sort)
SELECT c.city_id, '/', v.code, v.name_zh, v.name_en, v.sort FROM "city" c, (VALUES
  ('01', '优待抚恤', 'Pensions and preferential treatment', 10),
  ('02', '就业创业', 'Employment and business', 20),
  ('03', '移交安置', 'Resettlement', 30),
  ('04', '医疗保障', 'Medical care', 40),
  ('05', '住房保障', 'Housing', 50),
  ('06', '困难帮扶', 'Hardship assistance', 60),
  ('07', '优待证办理', 'Preferential card', 70),
  ('08', '光荣牌悬挂', 'Plaque of honour', 80),
  ('09', '军休服务', 'Services of cadre homes', 90),
  ('10', '档案与身份认定', 'Records and recognition of service', 100),
  ('11', '烈士褒扬', 'Commemoration of martyrs', 110),
  ('12', '社会保险接续', 'Social insurance', 120),
  ('13', '教育培训', 'Education and training', 130),
  ('14', '法律援助', 'Legal aid', 140),
  ('99', '其他', 'Other', 150)
) AS v (code, name_zh, name_en, sort);--> statement-breakpoint
INSERT INTO "petition_limit"
  (city_id, path, valid_from, decide_days, handle_days, extend_days, ask_days, review_days, final_days)
SELECT city_id, '/', '2000-01-01', 15, 60, 30, 30, 30, 30 FROM "city";--> statement-breakpoint
ALTER TABLE "petition_limit" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultation_topic" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "city" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = v.derivation,
  source = CASE WHEN i.source = 'manual' THEN 'derived' ELSE i.source END
FROM (VALUES
  ('D01', 'reception.walk_ins'),
  ('D02', 'reception.answered'),
  ('D03', 'petitions.accepted'),
  ('D04', 'petitions.closed'),
  ('D04A', 'petitions.on_time'),
  ('D05', 'petitions.open'),
  ('D06', 'petitions.overdue'),
  ('D07', 'petitions.backlog')
) AS v (code, derivation)
WHERE i.code = v.code AND i.derivation IS NULL AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
