CREATE TABLE "beneficiary_category" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"category_group" text collate "C" NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "beneficiary_category_city_id_code_pk" PRIMARY KEY("city_id","code"),
	CONSTRAINT "beneficiary_category_group" CHECK ("beneficiary_category"."category_group" in ('retired_cadre', 'veteran', 'bereaved', 'entitled', 'family', 'other'))
);
--> statement-breakpoint
ALTER TABLE "beneficiary_category" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"initials" text collate "C" NOT NULL,
	"sex" text collate "C" NOT NULL,
	"born_on" date NOT NULL,
	"id_number" "bytea",
	"id_index" "bytea",
	"tail_index" "bytea",
	"phone" "bytea",
	"phone_index" "bytea",
	"living_alone" boolean DEFAULT false NOT NULL,
	"empty_nest" boolean DEFAULT false NOT NULL,
	"plaque" boolean DEFAULT false NOT NULL,
	"card_since" date,
	"completeness" smallint DEFAULT 0 NOT NULL,
	"complete_since" date,
	"confirmed_on" date,
	"active_from" date NOT NULL,
	"way_in" text collate "C" NOT NULL,
	"left_on" date,
	"way_out" text collate "C",
	"left_note" text DEFAULT '' NOT NULL,
	"merged_into" uuid,
	"registered_on" date NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "person_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "person_sex" CHECK ("person"."sex" in ('male', 'female')),
	CONSTRAINT "person_way_in" CHECK ("person"."way_in" in ('new', 'moved_in')),
	CONSTRAINT "person_way_out" CHECK ("person"."way_out" in ('died', 'moved_out', 'merged', 'transferred')),
	CONSTRAINT "person_left" CHECK (("person"."left_on" is null) = ("person"."way_out" is null)),
	CONSTRAINT "person_dates" CHECK ("person"."left_on" is null or "person"."left_on" >= "person"."active_from"),
	CONSTRAINT "person_completeness" CHECK ("person"."completeness" between 0 and 100),
	CONSTRAINT "person_indexes" CHECK (("person"."id_number" is null) = ("person"."id_index" is null))
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_category" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text collate "C" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"document" text DEFAULT '' NOT NULL,
	CONSTRAINT "person_category_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "person_category_dates" CHECK ("person_category"."valid_to" is null or "person_category"."valid_to" >= "person_category"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "person_category" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_confirmation" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"confirmed_on" date NOT NULL,
	"complete" boolean NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "person_confirmation_city_id_id_pk" PRIMARY KEY("city_id","id")
);
--> statement-breakpoint
ALTER TABLE "person_confirmation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_section" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"section" text collate "C" NOT NULL,
	"content" "bytea" NOT NULL,
	"filled" smallint NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "person_section_city_id_record_id_section_pk" PRIMARY KEY("city_id","record_id","section"),
	CONSTRAINT "person_section_name" CHECK ("person_section"."section" in ('contact', 'service', 'family', 'work', 'health', 'entitlement', 'needs'))
);
--> statement-breakpoint
ALTER TABLE "person_section" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_transfer" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"from_station_id" bigint NOT NULL,
	"to_station_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"asked_by" text NOT NULL,
	"status" text collate "C" DEFAULT 'open' NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision" text DEFAULT '' NOT NULL,
	CONSTRAINT "person_transfer_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "person_transfer_status" CHECK ("person_transfer"."status" in ('open', 'accepted', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "person_transfer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_view" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"register" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_view_city_id_id_pk" PRIMARY KEY("city_id","id")
);
--> statement-breakpoint
ALTER TABLE "saved_view" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_category" ADD CONSTRAINT "person_category_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_category" ADD CONSTRAINT "person_category_code_fk" FOREIGN KEY ("city_id","code") REFERENCES "public"."beneficiary_category"("city_id","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_confirmation" ADD CONSTRAINT "person_confirmation_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_section" ADD CONSTRAINT "person_section_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_transfer" ADD CONSTRAINT "person_transfer_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "person_id_number" ON "person" USING btree ("city_id","id_index") WHERE left_on is null;--> statement-breakpoint
CREATE INDEX "person_pinyin" ON "person" USING btree ("city_id","pinyin","id");--> statement-breakpoint
CREATE INDEX "person_initials" ON "person" USING btree ("city_id","initials");--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("city_id","name");--> statement-breakpoint
CREATE INDEX "person_tail" ON "person" USING btree ("city_id","tail_index");--> statement-breakpoint
CREATE INDEX "person_phone" ON "person" USING btree ("city_id","phone_index");--> statement-breakpoint
CREATE INDEX "person_person" ON "person" USING btree ("city_id","person_id");--> statement-breakpoint
CREATE INDEX "person_station" ON "person" USING btree ("city_id","station_id","pinyin","id");--> statement-breakpoint
CREATE INDEX "person_path" ON "person" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "person_category_current" ON "person_category" USING btree ("city_id","record_id","code") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "person_category_record" ON "person_category" USING btree ("city_id","record_id");--> statement-breakpoint
CREATE INDEX "person_category_code" ON "person_category" USING btree ("city_id","code");--> statement-breakpoint
CREATE INDEX "person_category_path" ON "person_category" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "person_confirmation_day" ON "person_confirmation" USING btree ("city_id","record_id","confirmed_on");--> statement-breakpoint
CREATE INDEX "person_confirmation_path" ON "person_confirmation" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "person_section_path" ON "person_section" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "person_transfer_open" ON "person_transfer" USING btree ("city_id","record_id","to_station_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "person_transfer_path" ON "person_transfer" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("city_id","user_id","station_id","register","name");--> statement-breakpoint
CREATE INDEX "saved_view_path" ON "saved_view" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "station_owner" ON "station" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "beneficiary_category_scope" ON "beneficiary_category" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "beneficiary_category_published" ON "beneficiary_category" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "person_scope" ON "person" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "person_owner" ON "person" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "person_category_scope" ON "person_category" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "person_confirmation_scope" ON "person_confirmation" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "person_section_scope" ON "person_section" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "person_transfer_scope" ON "person_transfer" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "person_transfer_owner" ON "person_transfer" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "saved_view_scope" ON "saved_view" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint

-- The owner is held to the policies, too. Nothing of the archive is ever deleted: who left has a last day.
ALTER TABLE "person" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_category" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_section" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_confirmation" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_transfer" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "saved_view" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "beneficiary_category", "person", "person_category", "person_section", "person_confirmation" TO muster_app;--> statement-breakpoint
-- A request comes from the function below alone: whoever asks does not see where it goes.
GRANT SELECT, UPDATE ON "person_transfer" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "saved_view" TO muster_app;--> statement-breakpoint

-- Which of these blind indexes belong to somebody in an archive of the city, wherever that is: yes or no, and nothing
-- about where or who. The caller holds the numbers already.
CREATE FUNCTION people_known(p_indexes bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id_index FROM person
  WHERE city_id = nullif(current_setting('app.city_id', true), '')::bigint
    AND left_on IS NULL AND id_index = ANY (p_indexes)
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION people_known(bytea[]) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION people_known(bytea[]) TO muster_app;--> statement-breakpoint

-- Asks for somebody who is in the archive of another station: the request is laid at the lowest station above both.
-- Answers nothing, also when nobody was found, it was asked before, or the person stands below the asking scope.
CREATE FUNCTION person_transfer_ask(
  p_id uuid, p_index bytea, p_to bigint, p_reason text, p_by text, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_city bigint := nullif(current_setting('app.city_id', true), '')::bigint;
  v_scope text COLLATE "C" := nullif(current_setting('app.scope_path', true), '');
  v_to text COLLATE "C";
  v_above text COLLATE "C";
  v_record uuid;
  v_from bigint;
  v_path text COLLATE "C";
  v_decides bigint;
BEGIN
  SELECT s.path INTO v_to FROM station s
  WHERE s.city_id = v_city AND s.id = p_to AND s.path >= v_scope AND s.path < v_scope || chr(1114111);
  IF v_to IS NULL THEN
    RAISE EXCEPTION 'no such station in scope' USING ERRCODE = '42501';
  END IF;
  SELECT p.id, p.station_id, p.path INTO v_record, v_from, v_path FROM person p
  WHERE p.city_id = v_city AND p.id_index = p_index AND p.left_on IS NULL;
  IF v_record IS NULL OR v_from = p_to THEN
    RETURN;
  END IF;
  v_above := v_to;
  WHILE NOT v_path ^@ v_above LOOP
    v_above := regexp_replace(v_above, '[0-9]+/$', '');
  END LOOP;
  SELECT s.id INTO v_decides FROM station s WHERE s.city_id = v_city AND s.path = v_above;
  INSERT INTO person_transfer
    (city_id, path, id, station_id, record_id, from_station_id, to_station_id, reason, asked_at, asked_by)
  VALUES (v_city, v_above, p_id, v_decides, v_record, v_from, p_to, p_reason, p_at, p_by)
  ON CONFLICT DO NOTHING;
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION person_transfer_ask(uuid, bytea, bigint, text, text, timestamptz) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION person_transfer_ask(uuid, bytea, bigint, text, text, timestamptz) TO muster_app;--> statement-breakpoint

-- Cities that are there already get the categories and the figures that follow from the archive. The owner may reach
-- the rows of every city only while the policies do not hold for it; nobody else sees anything of this transaction.
ALTER TABLE "city" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "beneficiary_category" (city_id, path, code, name_zh, name_en, category_group, sort)
SELECT c.city_id, '/', v.code, v.name_zh, v.name_en, v.category_group, v.sort FROM "city" c, (VALUES
  ('10', '军休干部', 'Retired military cadre', 'retired_cadre', 10),
  ('11', '离休干部', 'Honorary retired military cadre', 'retired_cadre', 20),
  ('12', '退休军士', 'Retired sergeant', 'retired_cadre', 30),
  ('13', '无军籍退休职工', 'Retired civilian employee of the forces', 'retired_cadre', 40),
  ('14', '地方离休干部', 'Honorary retired civil cadre', 'retired_cadre', 50),
  ('15', '地方退休干部', 'Retired civil cadre', 'retired_cadre', 60),
  ('20', '转业干部（计划分配）', 'Transferred officer (assigned)', 'veteran', 70),
  ('21', '自主择业干部', 'Transferred officer (self-selected career)', 'veteran', 80),
  ('22', '企业军转干部', 'Enterprise-placed officer', 'veteran', 90),
  ('23', '复员干部', 'Demobilized officer', 'veteran', 100),
  ('24', '逐月领取退役金军官', 'Officer on monthly retirement pay', 'veteran', 110),
  ('25', '逐月领取退役金军士', 'Sergeant on monthly retirement pay', 'veteran', 120),
  ('30', '政府安排工作退役士兵', 'Soldier with assigned work', 'veteran', 130),
  ('31', '自主就业退役士兵', 'Soldier in self-employed placement', 'veteran', 140),
  ('32', '国家供养退役士兵', 'Soldier supported by the state', 'veteran', 150),
  ('33', '复员军人', 'Demobilized soldier', 'veteran', 160),
  ('34', '其他退役士兵', 'Other retired soldier', 'veteran', 170),
  ('40', '烈士遗属', 'Martyr''s family', 'bereaved', 180),
  ('41', '因公牺牲军人遗属', 'Family of one who died on duty', 'bereaved', 190),
  ('42', '病故军人遗属', 'Family of one who died of illness', 'bereaved', 200),
  ('50', '残疾军人', 'Disabled veteran', 'entitled', 210),
  ('51', '在乡复员军人', 'Demobilized soldier living in the countryside (enlisted by 1954-10-31)', 'entitled', 220),
  ('52', '带病回乡退役军人', 'Veteran returned ill', 'entitled', 230),
  ('53', '参战退役军人', 'Combat veteran', 'entitled', 240),
  ('54', '参试退役军人', 'Nuclear-test veteran', 'entitled', 250),
  ('55', '60周岁农村籍退役士兵', 'Rural retired soldier aged 60 or over', 'entitled', 260),
  ('56', '烈士老年子女', 'Martyr''s elderly child', 'entitled', 270),
  ('57', '红军老战士', 'Red Army veteran', 'entitled', 280),
  ('58', '铀矿开采军队退役人员', 'Veteran of uranium mining', 'entitled', 290),
  ('60', '现役军人家属', 'Family of a serving soldier', 'family', 300),
  ('61', '残疾民兵民工或人民警察', 'Disabled militia; labourer or police officer', 'other', 310)
) AS v (code, name_zh, name_en, category_group, sort);--> statement-breakpoint
ALTER TABLE "city" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "beneficiary_category" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = v.derivation FROM (VALUES
  ('A01', 'people.active'),
  ('A02', 'people.veterans'),
  ('A03', 'people.entitled'),
  ('A04', 'people.bereaved'),
  ('A05', 'people.disabled'),
  ('A06', 'people.cadres'),
  ('A07', 'people.added'),
  ('A08', 'people.removed'),
  ('A09', 'people.archived'),
  ('A11', 'people.card_holders')
) AS v (code, derivation)
WHERE i.code = v.code AND i.derivation IS NULL AND i.source = 'derived' AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
