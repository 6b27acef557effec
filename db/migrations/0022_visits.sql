CREATE TABLE "contact_rule" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"valid_to" text collate "C",
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"everyone" boolean NOT NULL,
	"categories" text[] NOT NULL,
	"from_age" integer,
	"concerns" text[] NOT NULL,
	"every" text collate "C" NOT NULL,
	"asked" text collate "C" NOT NULL,
	"days" integer NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "contact_rule_city_id_code_valid_from_pk" PRIMARY KEY("city_id","code","valid_from"),
	CONSTRAINT "contact_rule_every" CHECK ("contact_rule"."every" in ('P1W', 'P1M', 'P3M', 'P6M', 'P1Y', 'festival_spring', 'festival_army', 'festival_national', 'event_hospital', 'event_death', 'event_hardship')),
	CONSTRAINT "contact_rule_asked" CHECK ("contact_rule"."asked" in ('visit', 'phone', 'checkup', 'any')),
	CONSTRAINT "contact_rule_concerns" CHECK ("contact_rule"."concerns" <@ array['livingAlone', 'emptyNest', 'careNeed', 'hardship']),
	CONSTRAINT "contact_rule_days" CHECK ("contact_rule"."days" between 0 and 60)
);
--> statement-breakpoint
ALTER TABLE "contact_rule" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"channel" text collate "C" NOT NULL,
	"occasion" text collate "C" NOT NULL,
	"worker_id" uuid NOT NULL,
	"worker" text NOT NULL,
	"gift" integer DEFAULT 0 NOT NULL,
	"people" integer NOT NULL,
	"content" "bytea",
	"follow_on" date,
	"followed_on" date,
	"followed_by" text,
	"plan_id" uuid,
	"entered_at" timestamp with time zone NOT NULL,
	"entered_by" text NOT NULL,
	"void_on" date,
	"void_by" text,
	"void_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "visit_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "visit_channel" CHECK ("visit"."channel" in ('visit', 'phone', 'message', 'office', 'checkup')),
	CONSTRAINT "visit_occasion" CHECK ("visit"."occasion" in ('festival', 'hospital', 'death', 'hardship', 'routine')),
	CONSTRAINT "visit_gift" CHECK ("visit"."gift" between 0 and 10000000),
	CONSTRAINT "visit_people" CHECK ("visit"."people" between 1 and 60),
	CONSTRAINT "visit_followed" CHECK (("visit"."followed_on" is null) = ("visit"."followed_by" is null)),
	CONSTRAINT "visit_void" CHECK (("visit"."void_on" is null) = ("visit"."void_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_duty" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"worker_id" uuid NOT NULL,
	"worker" text NOT NULL,
	"since" date NOT NULL,
	CONSTRAINT "visit_duty_city_id_record_id_pk" PRIMARY KEY("city_id","record_id")
);
--> statement-breakpoint
ALTER TABLE "visit_duty" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_notice" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event" text collate "C" NOT NULL,
	"happened_on" date NOT NULL,
	"due_on" date NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	"noted_by" text NOT NULL,
	"met_on" date,
	"met_by" uuid,
	"ended_on" date,
	"ended_by" text,
	"ended_reason" text,
	CONSTRAINT "visit_notice_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "visit_notice_event" CHECK ("visit_notice"."event" in ('hospital', 'death', 'hardship')),
	CONSTRAINT "visit_notice_due" CHECK ("visit_notice"."due_on" >= "visit_notice"."happened_on"),
	CONSTRAINT "visit_notice_met" CHECK (("visit_notice"."met_on" is null) = ("visit_notice"."met_by" is null)),
	CONSTRAINT "visit_notice_ended" CHECK (("visit_notice"."ended_on" is null) = ("visit_notice"."ended_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "visit_notice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_person" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"channel" text collate "C" NOT NULL,
	"occasion" text collate "C" NOT NULL,
	"gift" integer NOT NULL,
	"counts" boolean DEFAULT true NOT NULL,
	CONSTRAINT "visit_person_city_id_visit_id_record_id_pk" PRIMARY KEY("city_id","visit_id","record_id"),
	CONSTRAINT "visit_person_channel" CHECK ("visit_person"."channel" in ('visit', 'phone', 'message', 'office', 'checkup')),
	CONSTRAINT "visit_person_occasion" CHECK ("visit_person"."occasion" in ('festival', 'hospital', 'death', 'hardship', 'routine'))
);
--> statement-breakpoint
ALTER TABLE "visit_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_plan" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"festival" text collate "C" NOT NULL,
	"festival_on" date NOT NULL,
	"gift" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" text NOT NULL,
	CONSTRAINT "visit_plan_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "visit_plan_festival_name" CHECK ("visit_plan"."festival" in ('spring', 'army', 'national')),
	CONSTRAINT "visit_plan_gift" CHECK ("visit_plan"."gift" between 0 and 10000000)
);
--> statement-breakpoint
ALTER TABLE "visit_plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_plan_person" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"worker_id" uuid,
	"worker" text,
	"visit_id" uuid,
	"dropped" boolean DEFAULT false NOT NULL,
	CONSTRAINT "visit_plan_person_city_id_plan_id_record_id_pk" PRIMARY KEY("city_id","plan_id","record_id"),
	CONSTRAINT "visit_plan_person_worker" CHECK (("visit_plan_person"."worker_id" is null) = ("visit_plan_person"."worker" is null))
);
--> statement-breakpoint
ALTER TABLE "visit_plan_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" DROP CONSTRAINT "evidence_subject_kind";--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "care_need" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "hardship" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_plan_fk" FOREIGN KEY ("city_id","plan_id") REFERENCES "public"."visit_plan"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_duty" ADD CONSTRAINT "visit_duty_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_duty" ADD CONSTRAINT "visit_duty_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_notice" ADD CONSTRAINT "visit_notice_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_notice" ADD CONSTRAINT "visit_notice_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_notice" ADD CONSTRAINT "visit_notice_visit_fk" FOREIGN KEY ("city_id","met_by") REFERENCES "public"."visit"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_person" ADD CONSTRAINT "visit_person_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_person" ADD CONSTRAINT "visit_person_visit_fk" FOREIGN KEY ("city_id","visit_id") REFERENCES "public"."visit"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_person" ADD CONSTRAINT "visit_person_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_plan_person" ADD CONSTRAINT "visit_plan_person_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_plan_person" ADD CONSTRAINT "visit_plan_person_plan_fk" FOREIGN KEY ("city_id","plan_id") REFERENCES "public"."visit_plan"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_plan_person" ADD CONSTRAINT "visit_plan_person_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_plan_person" ADD CONSTRAINT "visit_plan_person_visit_fk" FOREIGN KEY ("city_id","visit_id") REFERENCES "public"."visit"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_path" ON "visit" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "visit_station_day" ON "visit" USING btree ("city_id","station_id","held_on","id");--> statement-breakpoint
CREATE INDEX "visit_day" ON "visit" USING btree ("city_id","held_on","id");--> statement-breakpoint
CREATE INDEX "visit_follow" ON "visit" USING btree ("city_id","station_id","follow_on") WHERE follow_on is not null and followed_on is null and void_on is null;--> statement-breakpoint
CREATE INDEX "visit_duty_path" ON "visit_duty" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "visit_notice_path" ON "visit_notice" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_notice_open" ON "visit_notice" USING btree ("city_id","record_id","event") WHERE met_on is null and ended_on is null;--> statement-breakpoint
CREATE INDEX "visit_notice_station" ON "visit_notice" USING btree ("city_id","station_id","happened_on");--> statement-breakpoint
CREATE INDEX "visit_person_path" ON "visit_person" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "visit_person_station_day" ON "visit_person" USING btree ("city_id","station_id","held_on");--> statement-breakpoint
CREATE INDEX "visit_person_record" ON "visit_person" USING btree ("city_id","record_id","held_on");--> statement-breakpoint
CREATE INDEX "visit_plan_path" ON "visit_plan" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_plan_festival" ON "visit_plan" USING btree ("city_id","station_id","festival_on","festival");--> statement-breakpoint
CREATE INDEX "visit_plan_person_path" ON "visit_plan_person" USING btree ("city_id","path");--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_subject_kind" CHECK ("evidence"."subject_kind" in ('station', 'assessment_item', 'finding', 'visit'));--> statement-breakpoint
CREATE POLICY "contact_rule_scope" ON "contact_rule" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "contact_rule_published" ON "contact_rule" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "visit_scope" ON "visit" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "visit_duty_scope" ON "visit_duty" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "visit_notice_scope" ON "visit_notice" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "visit_person_scope" ON "visit_person" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "visit_plan_scope" ON "visit_plan" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "visit_plan_person_scope" ON "visit_plan_person" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
-- What drizzle-kit does not write: FORCE RLS and grants. Nothing of a visit is deleted; a rule planned for a month that
-- has not begun may be dropped again.
ALTER TABLE "visit" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_person" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_notice" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_duty" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_plan" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_plan_person" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "visit", "visit_person", "visit_notice", "visit_duty", "visit_plan", "visit_plan_person" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "contact_rule" TO muster_app;--> statement-breakpoint

-- Cities that are there already get the rules, from their first month on, and the figures that follow from visits. The
-- owner may reach the rows of every city only while the policies do not hold for it.
ALTER TABLE "city" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "contact_rule" (city_id, path, code, valid_from, name_zh, name_en, everyone, categories, from_age, concerns,
  every, asked, days, sort)
SELECT c.city_id, '/', v.code, (SELECT min(i.valid_from) FROM "indicator" i WHERE i.city_id = c.city_id), v.name_zh,
  v.name_en, v.everyone, v.categories::text[], v.from_age, v.concerns::text[], v.every, v.asked, v.days, v.sort
FROM "city" c, (VALUES
  ('R1', '离休干部每月电话联系', 'Phone honorary retired cadres monthly', false, '{11,14}', null, '{}', 'P1M', 'phone', 0, 10),
  ('R2', '离休干部每季走访', 'Visit honorary retired cadres quarterly', false, '{11,14}', null, '{}', 'P3M', 'visit', 0, 20),
  ('R3', '军休干部每季家访', 'Visit retired military cadres at home quarterly', false, '{10}', null, '{}', 'P3M', 'visit', 0, 30),
  ('R4', '军休干部每年体检', 'Check-up of retired military cadres yearly', false, '{10}', null, '{}', 'P1Y', 'checkup', 0, 40),
  ('R5', '重点优抚对象每季联系', 'Contact key entitled persons quarterly', false, '{40,41,42,50,51,52,53,54,55,56,57,58}', null, '{}', 'P3M', 'any', 0, 50),
  ('R6', '重点优抚对象每年走访', 'Visit key entitled persons yearly', false, '{40,41,42,50,51,52,53,54,55,56,57,58}', null, '{}', 'P1Y', 'visit', 0, 60),
  ('R7', '空巢、高龄、失能每周联系', 'Contact empty-nest, very old and care-dependent people weekly', false, '{}', 80, '{emptyNest,careNeed}', 'P1W', 'any', 0, 70),
  ('R8', '困难退役军人每季走访', 'Visit veterans in hardship quarterly', false, '{}', null, '{hardship}', 'P3M', 'visit', 0, 80),
  ('R9', '全体每年联系', 'Contact everyone yearly', true, '{}', null, '{}', 'P1Y', 'any', 0, 90),
  ('T1', '春节走访（老复员、三属、困难）', 'Spring Festival visits (demobilized, bereaved, in hardship)', false, '{40,41,42,51}', null, '{hardship}', 'festival_spring', 'visit', 20, 100),
  ('T2', '八一走访（老复员、三属、困难）', 'Army Day visits (demobilized, bereaved, in hardship)', false, '{40,41,42,51}', null, '{hardship}', 'festival_army', 'visit', 15, 110),
  ('T3', '国庆走访（老复员、三属、困难）', 'National Day visits (demobilized, bereaved, in hardship)', false, '{40,41,42,51}', null, '{hardship}', 'festival_national', 'visit', 15, 120),
  ('V1', '住院必访', 'Visit on hospitalisation', true, '{}', null, '{}', 'event_hospital', 'visit', 7, 130),
  ('V2', '丧事必访', 'Visit on bereavement', true, '{}', null, '{}', 'event_death', 'visit', 3, 140),
  ('V3', '困难必访', 'Visit on sudden hardship', true, '{}', null, '{}', 'event_hardship', 'visit', 7, 150)
) AS v (code, name_zh, name_en, everyone, categories, from_age, concerns, every, asked, days, sort);--> statement-breakpoint
ALTER TABLE "contact_rule" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = v.derivation FROM (VALUES
  ('C01', 'visits.made'),
  ('C02', 'visits.people'),
  ('C03', 'visits.festival'),
  ('C04', 'visits.gifts'),
  ('C05', 'visits.overdue')
) AS v (code, derivation)
WHERE i.code = v.code AND i.derivation IS NULL AND i.source IN ('derived', 'computed') AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "city" FORCE ROW LEVEL SECURITY;
