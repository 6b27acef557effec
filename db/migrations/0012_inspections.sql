CREATE TABLE "finding" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"by_station_id" bigint NOT NULL,
	"by_station_name" text NOT NULL,
	"inspection_id" uuid,
	"assessment_year" smallint,
	"assessment_round" smallint,
	"item_code" text collate "C",
	"item_zh" text DEFAULT '' NOT NULL,
	"item_en" text DEFAULT '' NOT NULL,
	"body" text NOT NULL,
	"severity" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"opened_on" date NOT NULL,
	"opened_by" text NOT NULL,
	"opened_by_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"answered_by_id" uuid,
	"ended_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "finding_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "finding_state" CHECK ("finding"."state" in ('open', 'answered', 'returned', 'closed', 'withdrawn')),
	CONSTRAINT "finding_severity" CHECK ("finding"."severity" in ('minor', 'major', 'grave')),
	CONSTRAINT "finding_ended" CHECK (("finding"."state" in ('closed', 'withdrawn')) = ("finding"."ended_on" is not null)),
	CONSTRAINT "finding_answered" CHECK ("finding"."state" not in ('answered', 'closed') or "finding"."answered_by_id" is not null),
	CONSTRAINT "finding_dates" CHECK ("finding"."due_on" >= "finding"."opened_on" and ("finding"."ended_on" is null or "finding"."ended_on" >= "finding"."opened_on")),
	CONSTRAINT "finding_assessed" CHECK (("finding"."assessment_year" is null) = ("finding"."assessment_round" is null))
);
--> statement-breakpoint
ALTER TABLE "finding" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "finding_event" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"finding_id" uuid NOT NULL,
	"action" text collate "C" NOT NULL,
	"from_state" text collate "C",
	"to_state" text collate "C" NOT NULL,
	"due_on" date NOT NULL,
	"on_day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"by_station_name" text NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	CONSTRAINT "finding_event_city_id_finding_id_id_pk" PRIMARY KEY("city_id","finding_id","id")
);
--> statement-breakpoint
ALTER TABLE "finding_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inspection" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"theme" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text collate "C" NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"draw" jsonb,
	"circular" jsonb,
	"called_off_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "inspection_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "inspection_state" CHECK ("inspection"."state" in ('planned', 'under_way', 'concluded', 'called_off')),
	CONSTRAINT "inspection_dates" CHECK ("inspection"."ends_on" >= "inspection"."starts_on"),
	CONSTRAINT "inspection_concluded" CHECK (("inspection"."state" = 'concluded') = ("inspection"."circular" is not null)),
	CONSTRAINT "inspection_called_off" CHECK (("inspection"."state" = 'called_off') = ("inspection"."called_off_reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "inspection" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inspection_inspector" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"inspection_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "inspection_inspector_city_id_inspection_id_user_id_pk" PRIMARY KEY("city_id","inspection_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "inspection_inspector" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inspection_item" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"inspection_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"code" text collate "C",
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	CONSTRAINT "inspection_item_city_id_inspection_id_place_pk" PRIMARY KEY("city_id","inspection_id","place")
);
--> statement-breakpoint
ALTER TABLE "inspection_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inspection_station" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"inspection_id" uuid NOT NULL,
	"by_station_id" bigint NOT NULL,
	"by_station_name" text NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"theme" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"state" text collate "C" NOT NULL,
	"visited_on" date,
	"visited_by" text,
	"visit_note" text DEFAULT '' NOT NULL,
	"circular" jsonb,
	CONSTRAINT "inspection_station_city_id_inspection_id_station_id_pk" PRIMARY KEY("city_id","inspection_id","station_id"),
	CONSTRAINT "inspection_station_state" CHECK ("inspection_station"."state" in ('planned', 'under_way', 'concluded', 'called_off')),
	CONSTRAINT "inspection_station_visit" CHECK (("inspection_station"."visited_on" is null) = ("inspection_station"."visited_by" is null))
);
--> statement-breakpoint
ALTER TABLE "inspection_station" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" DROP CONSTRAINT "evidence_subject_kind";--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_inspection_fk" FOREIGN KEY ("city_id","inspection_id") REFERENCES "public"."inspection"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_finding_fk" FOREIGN KEY ("city_id","finding_id") REFERENCES "public"."finding"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_inspector" ADD CONSTRAINT "inspection_inspector_inspection_fk" FOREIGN KEY ("city_id","inspection_id") REFERENCES "public"."inspection"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_item" ADD CONSTRAINT "inspection_item_inspection_fk" FOREIGN KEY ("city_id","inspection_id") REFERENCES "public"."inspection"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_station" ADD CONSTRAINT "inspection_station_inspection_fk" FOREIGN KEY ("city_id","inspection_id") REFERENCES "public"."inspection"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection_station" ADD CONSTRAINT "inspection_station_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "finding_assessment" ON "finding" USING btree ("city_id","station_id","assessment_year","assessment_round","item_code") WHERE assessment_year is not null and state in ('open', 'answered', 'returned');--> statement-breakpoint
CREATE INDEX "finding_station" ON "finding" USING btree ("city_id","station_id","opened_on");--> statement-breakpoint
CREATE INDEX "finding_inspection" ON "finding" USING btree ("city_id","inspection_id");--> statement-breakpoint
CREATE INDEX "finding_path" ON "finding" USING btree ("city_id","path","opened_on");--> statement-breakpoint
CREATE INDEX "finding_event_path" ON "finding_event" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "inspection_number" ON "inspection" USING btree ("city_id","station_id","year","number");--> statement-breakpoint
CREATE INDEX "inspection_path" ON "inspection" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "inspection_inspector_path" ON "inspection_inspector" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "inspection_item_path" ON "inspection_item" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "inspection_station_station" ON "inspection_station" USING btree ("city_id","station_id","visited_on");--> statement-breakpoint
CREATE INDEX "inspection_station_path" ON "inspection_station" USING btree ("city_id","path");--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_subject_kind" CHECK ("evidence"."subject_kind" in ('station', 'assessment_item', 'finding'));--> statement-breakpoint
CREATE POLICY "finding_scope" ON "finding" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "finding_event_scope" ON "finding_event" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "inspection_scope" ON "inspection" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "inspection_inspector_scope" ON "inspection_inspector" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "inspection_item_scope" ON "inspection_item" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "inspection_station_scope" ON "inspection_station" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));