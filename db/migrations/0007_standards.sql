CREATE TABLE "assessment" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"round" smallint NOT NULL,
	"set_number" integer NOT NULL,
	"level" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"submitted_at" timestamp with time zone,
	"submitted_by" text,
	"return_reason" text,
	"checked_at" timestamp with time zone,
	"checked_by" text,
	"checked_on" date,
	"checked_five_haves" boolean,
	"spot_checked_at" timestamp with time zone,
	"spot_checked_by" text,
	"spot_checked_on" date,
	"spot_five_haves" boolean,
	"points" double precision,
	"five_haves" boolean,
	"grade" text collate "C",
	CONSTRAINT "assessment_city_id_station_id_year_round_pk" PRIMARY KEY("city_id","station_id","year","round"),
	CONSTRAINT "assessment_status" CHECK ("assessment"."status" in ('draft', 'self_submitted', 'returned', 'checked', 'spot_checked')),
	CONSTRAINT "assessment_round" CHECK ("assessment"."round" between 1 and 99),
	CONSTRAINT "assessment_checked" CHECK (("assessment"."checked_on" is null) = ("assessment"."checked_five_haves" is null)),
	CONSTRAINT "assessment_spot_checked" CHECK (("assessment"."spot_checked_on" is null) = ("assessment"."spot_five_haves" is null))
);
--> statement-breakpoint
ALTER TABLE "assessment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assessment_value" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"round" smallint NOT NULL,
	"code" text collate "C" NOT NULL,
	"stage" text collate "C" NOT NULL,
	"value" double precision,
	"not_applicable" boolean DEFAULT false NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"measured" double precision,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "assessment_value_city_id_station_id_year_round_code_stage_pk" PRIMARY KEY("city_id","station_id","year","round","code","stage"),
	CONSTRAINT "assessment_value_stage" CHECK ("assessment_value"."stage" in ('self', 'check', 'spot'))
);
--> statement-breakpoint
ALTER TABLE "assessment_value" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "standard_grade" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"set_number" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"min_points" integer NOT NULL,
	"needs_five_haves" boolean DEFAULT false NOT NULL,
	CONSTRAINT "standard_grade_city_id_set_number_code_pk" PRIMARY KEY("city_id","set_number","code")
);
--> statement-breakpoint
ALTER TABLE "standard_grade" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "standard_item" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"set_number" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"dimension" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text collate "C" NOT NULL,
	"at_city" text collate "C",
	"at_district" text collate "C",
	"at_town" text collate "C",
	"at_village" text collate "C",
	"points" integer NOT NULL,
	"mandatory" boolean DEFAULT false NOT NULL,
	"source" text collate "C",
	"sort" integer NOT NULL,
	CONSTRAINT "standard_item_city_id_set_number_code_pk" PRIMARY KEY("city_id","set_number","code"),
	CONSTRAINT "standard_item_points" CHECK ("standard_item"."points" between 0 and 100),
	CONSTRAINT "standard_item_kind" CHECK ("standard_item"."kind" in ('boolean', 'number', 'percent', 'evidence'))
);
--> statement-breakpoint
ALTER TABLE "standard_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "standard_set_version" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"set_number" integer NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"status" text collate "C" NOT NULL,
	"valid_from" date,
	"copied_from" integer,
	"published_at" timestamp with time zone,
	"published_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "standard_set_version_city_id_set_number_pk" PRIMARY KEY("city_id","set_number"),
	CONSTRAINT "standard_set_version_status" CHECK ("standard_set_version"."status" in ('draft', 'published')),
	CONSTRAINT "standard_set_version_published" CHECK ("standard_set_version"."status" = 'draft' or ("standard_set_version"."valid_from" is not null and "standard_set_version"."published_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "standard_set_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_set_fk" FOREIGN KEY ("city_id","set_number") REFERENCES "public"."standard_set_version"("city_id","set_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_value" ADD CONSTRAINT "assessment_value_assessment_fk" FOREIGN KEY ("city_id","station_id","year","round") REFERENCES "public"."assessment"("city_id","station_id","year","round") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_grade" ADD CONSTRAINT "standard_grade_set_fk" FOREIGN KEY ("city_id","set_number") REFERENCES "public"."standard_set_version"("city_id","set_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_item" ADD CONSTRAINT "standard_item_set_fk" FOREIGN KEY ("city_id","set_number") REFERENCES "public"."standard_set_version"("city_id","set_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_path" ON "assessment" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "assessment_set" ON "assessment" USING btree ("city_id","set_number");--> statement-breakpoint
CREATE INDEX "assessment_value_path" ON "assessment_value" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "standard_set_version_from" ON "standard_set_version" USING btree ("city_id","valid_from") WHERE status = 'published';--> statement-breakpoint
CREATE POLICY "assessment_scope" ON "assessment" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "assessment_value_scope" ON "assessment_value" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "standard_grade_scope" ON "standard_grade" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "standard_grade_published" ON "standard_grade" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "standard_item_scope" ON "standard_item" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "standard_item_published" ON "standard_item" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "standard_set_version_scope" ON "standard_set_version" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "standard_set_version_published" ON "standard_set_version" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);