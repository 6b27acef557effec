CREATE TABLE "staffing_rule" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"per_worker" integer NOT NULL,
	"village_basis" text collate "C" NOT NULL,
	"town_basis" text collate "C" NOT NULL,
	"district_basis" text collate "C" NOT NULL,
	CONSTRAINT "staffing_rule_city_id_valid_from_pk" PRIMARY KEY("city_id","valid_from"),
	CONSTRAINT "staffing_rule_per_worker" CHECK ("staffing_rule"."per_worker" between 10 and 5000),
	CONSTRAINT "staffing_rule_basis" CHECK ("staffing_rule"."village_basis" in ('own', 'report') and "staffing_rule"."town_basis" in ('own', 'subtree', 'report')
        and "staffing_rule"."district_basis" in ('own', 'subtree', 'report'))
);
--> statement-breakpoint
ALTER TABLE "staffing_rule" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "staffing_rule_scope" ON "staffing_rule" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "staffing_rule_published" ON "staffing_rule" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);