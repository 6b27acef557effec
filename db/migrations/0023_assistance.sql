CREATE TABLE "assistance_budget" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"amount" bigint NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "assistance_budget_city_id_station_id_year_pk" PRIMARY KEY("city_id","station_id","year"),
	CONSTRAINT "assistance_budget_amount" CHECK ("assistance_budget"."amount" >= 0),
	CONSTRAINT "assistance_budget_year" CHECK ("assistance_budget"."year" between 2000 and 2099)
);
--> statement-breakpoint
ALTER TABLE "assistance_budget" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assistance_case" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"record_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"age" smallint NOT NULL,
	"category" text collate "C",
	"type_code" text collate "C" NOT NULL,
	"type_from" text collate "C" NOT NULL,
	"counts_in" text collate "C" NOT NULL,
	"applied_on" date NOT NULL,
	"applied_by" text collate "C" NOT NULL,
	"details" "bytea" NOT NULL,
	"asked" bigint NOT NULL,
	"approved" bigint,
	"paid" bigint,
	"paid_on" date,
	"public_from" date,
	"public_until" date,
	"state" text collate "C" NOT NULL,
	"state_since" date NOT NULL,
	"due_on" date,
	"refusal" text collate "C",
	"request_key" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "assistance_case_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "assistance_case_state" CHECK ("assistance_case"."state" in ('verify', 'second_check', 'review', 'publicity', 'approval', 'payment', 'advance', 'papers', 'confirmation', 'follow_up', 'closed', 'refused', 'appeal', 'upheld', 'withdrawn')),
	CONSTRAINT "assistance_case_counts_in" CHECK ("assistance_case"."counts_in" in ('E02', 'E03')),
	CONSTRAINT "assistance_case_applied_by" CHECK ("assistance_case"."applied_by" in ('person', 'family', 'village')),
	CONSTRAINT "assistance_case_money" CHECK ("assistance_case"."asked" > 0 and "assistance_case"."approved" > 0 and "assistance_case"."paid" > 0),
	CONSTRAINT "assistance_case_paid" CHECK (("assistance_case"."paid" is null) = ("assistance_case"."paid_on" is null)),
	CONSTRAINT "assistance_case_due" CHECK (("assistance_case"."due_on" is not null) = ("assistance_case"."state" in ('verify', 'second_check', 'advance', 'review', 'publicity', 'approval', 'payment', 'papers', 'confirmation', 'appeal', 'follow_up'))),
	CONSTRAINT "assistance_case_refusal" CHECK ("assistance_case"."refusal" in ('not_served', 'means_above', 'not_the_cause', 'helped_already', 'papers_missing', 'untrue', 'other')),
	CONSTRAINT "assistance_case_publicity" CHECK (("assistance_case"."public_from" is null) = ("assistance_case"."public_until" is null))
);
--> statement-breakpoint
ALTER TABLE "assistance_case" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assistance_event" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"action" text collate "C" NOT NULL,
	"from_state" text collate "C",
	"to_state" text collate "C" NOT NULL,
	"on_day" date NOT NULL,
	"waited" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"by_station_name" text NOT NULL,
	"amount" bigint,
	"remark" "bytea",
	CONSTRAINT "assistance_event_city_id_case_id_id_pk" PRIMARY KEY("city_id","case_id","id")
);
--> statement-breakpoint
ALTER TABLE "assistance_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assistance_material" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"case_id" uuid NOT NULL,
	"code" text collate "C" NOT NULL,
	"sort" smallint NOT NULL,
	"received_on" date,
	"due_on" date,
	CONSTRAINT "assistance_material_city_id_case_id_code_pk" PRIMARY KEY("city_id","case_id","code")
);
--> statement-breakpoint
ALTER TABLE "assistance_material" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assistance_type" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"valid_to" text collate "C",
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"counts_in" text collate "C" NOT NULL,
	"pay_first" boolean DEFAULT false NOT NULL,
	"publicity_days" smallint NOT NULL,
	"yearly_limit" bigint,
	"repeat_months" smallint NOT NULL,
	"verify_days" smallint NOT NULL,
	"review_days" smallint NOT NULL,
	"approval_days" smallint NOT NULL,
	"payment_days" smallint NOT NULL,
	"follow_up_days" smallint NOT NULL,
	"materials" jsonb NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "assistance_type_city_id_code_valid_from_pk" PRIMARY KEY("city_id","code","valid_from"),
	CONSTRAINT "assistance_type_counts_in" CHECK ("assistance_type"."counts_in" in ('E02', 'E03')),
	CONSTRAINT "assistance_type_days" CHECK ("assistance_type"."publicity_days" between 0 and 30 and "assistance_type"."repeat_months" between 0 and 60
        and "assistance_type"."verify_days" between 1 and 90 and "assistance_type"."review_days" between 1 and 90
        and "assistance_type"."approval_days" between 1 and 90 and "assistance_type"."payment_days" between 1 and 90
        and "assistance_type"."follow_up_days" between 1 and 90),
	CONSTRAINT "assistance_type_limit" CHECK ("assistance_type"."yearly_limit" > 0)
);
--> statement-breakpoint
ALTER TABLE "assistance_type" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" DROP CONSTRAINT "evidence_subject_kind";--> statement-breakpoint
ALTER TABLE "assistance_budget" ADD CONSTRAINT "assistance_budget_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_case" ADD CONSTRAINT "assistance_case_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_case" ADD CONSTRAINT "assistance_case_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_event" ADD CONSTRAINT "assistance_event_case_fk" FOREIGN KEY ("city_id","case_id") REFERENCES "public"."assistance_case"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_event" ADD CONSTRAINT "assistance_event_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_material" ADD CONSTRAINT "assistance_material_case_fk" FOREIGN KEY ("city_id","case_id") REFERENCES "public"."assistance_case"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistance_material" ADD CONSTRAINT "assistance_material_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assistance_budget_path" ON "assistance_budget" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "assistance_case_path" ON "assistance_case" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "assistance_case_request" ON "assistance_case" USING btree ("city_id","request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "assistance_case_number" ON "assistance_case" USING btree ("city_id","station_id","year","number");--> statement-breakpoint
CREATE INDEX "assistance_case_applied" ON "assistance_case" USING btree ("city_id","applied_on","id");--> statement-breakpoint
CREATE INDEX "assistance_case_state" ON "assistance_case" USING btree ("city_id","state","applied_on","id");--> statement-breakpoint
CREATE INDEX "assistance_case_type" ON "assistance_case" USING btree ("city_id","type_code","applied_on","id");--> statement-breakpoint
CREATE INDEX "assistance_case_station" ON "assistance_case" USING btree ("city_id","station_id","applied_on","id");--> statement-breakpoint
CREATE INDEX "assistance_case_paid" ON "assistance_case" USING btree ("city_id","station_id","paid_on") WHERE paid_on is not null;--> statement-breakpoint
CREATE INDEX "assistance_case_due" ON "assistance_case" USING btree ("city_id","due_on") WHERE due_on is not null;--> statement-breakpoint
CREATE INDEX "assistance_case_human" ON "assistance_case" USING btree ("city_id","person_id","applied_on");--> statement-breakpoint
CREATE INDEX "assistance_event_day" ON "assistance_event" USING btree ("city_id","on_day");--> statement-breakpoint
CREATE INDEX "assistance_event_path" ON "assistance_event" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "assistance_material_path" ON "assistance_material" USING btree ("city_id","path");--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_subject_kind" CHECK ("evidence"."subject_kind" in ('station', 'assessment_item', 'finding', 'visit', 'assistance'));--> statement-breakpoint
CREATE POLICY "assistance_budget_scope" ON "assistance_budget" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assistance_case_scope" ON "assistance_case" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assistance_event_scope" ON "assistance_event" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assistance_material_scope" ON "assistance_material" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assistance_type_scope" ON "assistance_type" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assistance_type_published" ON "assistance_type" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint

-- What drizzle-kit does not write: FORCE RLS and grants. Nothing is deleted but planned content; a case's history can be
-- added to, never changed.
ALTER TABLE "assistance_type" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_budget" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_case" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_material" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "assistance_type" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "assistance_budget", "assistance_case", "assistance_material" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "assistance_event" TO muster_app;--> statement-breakpoint
-- Of an event the place changes when its station moves, the seal when keys are rotated; what it says never does.
GRANT UPDATE ("path", "remark") ON "assistance_event" TO muster_app;--> statement-breakpoint

-- Cities that are there already get the kinds of assistance and the figures that follow from the cases. The owner may
-- reach the rows of every city only while the policies do not hold for it.
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assistance_type" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "assistance_type" (city_id, path, valid_from, code, name_zh, name_en, counts_in, pay_first, publicity_days,
  yearly_limit, repeat_months, verify_days, review_days, approval_days, payment_days, follow_up_days, materials, sort)
SELECT c.city_id, '/', c.valid_from, v.* FROM (
  SELECT city_id, min(valid_from) AS valid_from FROM "indicator" GROUP BY city_id) c, (VALUES
  ('one_off', '一次性困难帮扶', 'One-off hardship aid', 'E02', false, 7, 1000000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "id_card", "zh": "身份证", "en": "ID card"}, {"code": "household", "zh": "户口簿", "en": "Household book"}, {"code": "veteran_card", "zh": "退役证或优待证", "en": "Veteran or preferential card"}, {"code": "hardship", "zh": "困难情况说明", "en": "Statement of hardship"}, {"code": "income", "zh": "收入证明或低保证明", "en": "Proof of income or of minimum allowance"}, {"code": "bank_card", "zh": "银行卡", "en": "Bank card"}, {"code": "consent", "zh": "核查授权书", "en": "Consent to checks"}]'::jsonb, 10),
  ('major_illness', '大病救助报销', 'Major-illness reimbursement', 'E03', false, 7, 3000000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "id_card", "zh": "身份证", "en": "ID card"}, {"code": "veteran_card", "zh": "退役证或优待证", "en": "Veteran or preferential card"}, {"code": "diagnosis", "zh": "诊断证明", "en": "Diagnosis"}, {"code": "costs", "zh": "医疗费用结算单", "en": "Settlement of medical costs"}, {"code": "insurance", "zh": "医保报销凭证", "en": "Insurance statement"}, {"code": "bank_card", "zh": "银行卡", "en": "Bank card"}]'::jsonb, 20),
  ('emergency', '应急救助（先救后补）', 'Emergency aid (paid first)', 'E02', true, 0, 500000, 6, 10, 2, 10, 3, 15,
   '[{"code": "id_card", "zh": "身份证", "en": "ID card"}, {"code": "emergency", "zh": "突发情况说明", "en": "Statement of the emergency"}]'::jsonb, 30),
  ('old_injury', '旧伤复发帮扶', 'Recurrence of a service injury', 'E02', false, 7, 1000000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "injury", "zh": "残疾或伤病证明", "en": "Proof of injury"}, {"code": "diagnosis", "zh": "诊断证明", "en": "Diagnosis"}]'::jsonb, 40),
  ('unemployment', '长期失业下岗帮扶', 'Long unemployment', 'E02', false, 7, 500000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "unemployment", "zh": "失业证明", "en": "Proof of unemployment"}, {"code": "income", "zh": "收入证明", "en": "Proof of income"}]'::jsonb, 50),
  ('disaster', '突发事件帮扶', 'Sudden event or disaster', 'E02', false, 7, 1000000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "event", "zh": "事故或灾情证明", "en": "Proof of the event"}]'::jsonb, 60),
  ('other', '其他特殊困难帮扶', 'Other special hardship', 'E02', false, 7, 500000, 12, 5, 5, 10, 10, 30,
   '[{"code": "application", "zh": "申请表", "en": "Application form"}, {"code": "hardship", "zh": "困难情况说明", "en": "Statement of hardship"}]'::jsonb, 70)
) AS v;--> statement-breakpoint
ALTER TABLE "assistance_type" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = v.derivation FROM (VALUES
  ('E01', 'assistance.applied'),
  ('E02', 'assistance.one_off'),
  ('E03', 'assistance.major'),
  ('E04', 'assistance.paid')
) AS v (code, derivation)
WHERE i.code = v.code AND i.derivation IS NULL AND i.source = 'derived' AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
