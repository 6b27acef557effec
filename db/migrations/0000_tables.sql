CREATE SEQUENCE "public"."city_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 11 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."station_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1;--> statement-breakpoint
CREATE TABLE "audit_log" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"user_id" uuid,
	"user_name" text NOT NULL,
	"role" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"action" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"ip" text NOT NULL,
	"reference" text collate "C" NOT NULL,
	CONSTRAINT "audit_log_city_id_id_pk" PRIMARY KEY("city_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer NOT NULL,
	"body" jsonb NOT NULL,
	"etag" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_key_city_id_user_id_key_pk" PRIMARY KEY("city_id","user_id","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "check_rule" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"valid_to" text collate "C",
	"severity" text collate "C" NOT NULL,
	"left_side" text NOT NULL,
	"comparison" text NOT NULL,
	"right_side" text NOT NULL,
	"message_zh" text NOT NULL,
	"message_en" text NOT NULL,
	"floor" integer DEFAULT 0 NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "check_rule_city_id_code_valid_from_pk" PRIMARY KEY("city_id","code","valid_from"),
	CONSTRAINT "check_rule_severity" CHECK ("check_rule"."severity" in ('hard', 'soft'))
);
--> statement-breakpoint
ALTER TABLE "check_rule" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deadline_rule" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"village_day" integer NOT NULL,
	"town_day" integer NOT NULL,
	"lock_day" integer NOT NULL,
	"submit_from_day" integer NOT NULL,
	CONSTRAINT "deadline_rule_city_id_valid_from_pk" PRIMARY KEY("city_id","valid_from"),
	CONSTRAINT "deadline_rule_days" CHECK ("deadline_rule"."village_day" between 1 and 28 and "deadline_rule"."town_day" between "deadline_rule"."village_day" and 28
        and "deadline_rule"."lock_day" between "deadline_rule"."town_day" and 28 and "deadline_rule"."submit_from_day" between 1 and 28)
);
--> statement-breakpoint
ALTER TABLE "deadline_rule" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "indicator" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"valid_from" text collate "C" NOT NULL,
	"valid_to" text collate "C",
	"slot" smallint,
	"section" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"definition_zh" text NOT NULL,
	"definition_en" text NOT NULL,
	"unit" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"source" text collate "C" NOT NULL,
	"across_time" text collate "C" NOT NULL,
	"formula" jsonb,
	"ratio" jsonb,
	"derivation" text collate "C",
	"kinds" jsonb,
	"hidden" boolean DEFAULT false NOT NULL,
	"own" boolean DEFAULT false NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "indicator_city_id_code_valid_from_pk" PRIMARY KEY("city_id","code","valid_from"),
	CONSTRAINT "indicator_kind" CHECK ("indicator"."kind" in ('figure', 'computed', 'ratio')),
	CONSTRAINT "indicator_slot" CHECK (("indicator"."kind" = 'ratio') = ("indicator"."slot" is null))
);
--> statement-breakpoint
ALTER TABLE "indicator" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "indicator_slot" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"slot" smallint NOT NULL,
	"code" text collate "C" NOT NULL,
	CONSTRAINT "indicator_slot_city_id_slot_pk" PRIMARY KEY("city_id","slot")
);
--> statement-breakpoint
ALTER TABLE "indicator_slot" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "city" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"root_station_id" bigint NOT NULL,
	"catalogue_version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "city_city_id_pk" PRIMARY KEY("city_id")
);
--> statement-breakpoint
ALTER TABLE "city" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"city_id" bigint,
	"membership_id" uuid,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "api_token" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"status" text collate "C" DEFAULT 'active' NOT NULL,
	"operator" boolean DEFAULT false NOT NULL,
	"password_changed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "app_user_status" CHECK ("app_user"."status" in ('active', 'disabled'))
);
--> statement-breakpoint
ALTER TABLE "app_user" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "invitation" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"station_id" bigint NOT NULL,
	"station_name" text NOT NULL,
	"role" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"resets_user_id" uuid,
	"invited_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitation_city_id_id_pk" PRIMARY KEY("city_id","id")
);
--> statement-breakpoint
ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "membership" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"username" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"station_id" bigint NOT NULL,
	"role" text collate "C" NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	CONSTRAINT "membership_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "membership_role" CHECK ("membership"."role" in ('city_admin', 'city_overseer', 'city_auditor', 'head', 'clerk', 'village_head', 'village_liaison'))
);
--> statement-breakpoint
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "rate_limit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"city_id" bigint,
	"membership_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"ip" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "message" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"kind" text collate "C" NOT NULL,
	"period" text collate "C",
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "message_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id")
);
--> statement-breakpoint
ALTER TABLE "message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "month_lock" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"period" text collate "C" NOT NULL,
	"locked_at" timestamp with time zone NOT NULL,
	"locked_by" text NOT NULL,
	"excused" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "month_lock_city_id_period_pk" PRIMARY KEY("city_id","period")
);
--> statement-breakpoint
ALTER TABLE "month_lock" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "month_sign_off" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"signed_off_at" timestamp with time zone NOT NULL,
	"signed_off_by" text NOT NULL,
	"excused" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "month_sign_off_city_id_station_id_period_pk" PRIMARY KEY("city_id","station_id","period")
);
--> statement-breakpoint
ALTER TABLE "month_sign_off" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "monthly_report" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"reported_path" text collate "C" NOT NULL,
	"reports_to" bigint NOT NULL,
	"level" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"expected" boolean DEFAULT true NOT NULL,
	"status" text collate "C" DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"figures" bigint[] DEFAULT '{}' NOT NULL,
	"accepted_figures" bigint[],
	"remarks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"nil" boolean DEFAULT false NOT NULL,
	"due_on" date NOT NULL,
	"return_due_on" date,
	"first_filed_at" timestamp with time zone,
	"on_time" boolean,
	"submitted_at" timestamp with time zone,
	"submitted_by" text,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"signed_off" boolean DEFAULT false NOT NULL,
	"unlocked_until" date,
	"unlock_reason" text,
	"excused" text,
	"reminded_at" timestamp with time zone,
	"updated_at" timestamp with time zone,
	"updated_by" text,
	CONSTRAINT "monthly_report_city_id_station_id_period_pk" PRIMARY KEY("city_id","station_id","period"),
	CONSTRAINT "monthly_report_status" CHECK ("monthly_report"."status" in ('draft', 'submitted', 'returned', 'accepted', 'locked', 'amending'))
);
--> statement-breakpoint
ALTER TABLE "monthly_report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "report_event" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"action" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"round" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_user_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"by_role" text collate "C" NOT NULL,
	"figures" bigint[],
	"changes" jsonb,
	"returned" jsonb,
	"reason" text,
	CONSTRAINT "report_event_city_id_station_id_period_id_pk" PRIMARY KEY("city_id","station_id","period","id")
);
--> statement-breakpoint
ALTER TABLE "report_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "report_remark" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"indicator" text collate "C",
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	"by_role" text collate "C" NOT NULL,
	CONSTRAINT "report_remark_city_id_station_id_period_id_pk" PRIMARY KEY("city_id","station_id","period","id")
);
--> statement-breakpoint
ALTER TABLE "report_remark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rollup" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"reported_path" text collate "C" NOT NULL,
	"reports_to" bigint,
	"level" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"accepted" bigint[] DEFAULT '{}' NOT NULL,
	"provisional" bigint[] DEFAULT '{}' NOT NULL,
	"expected" integer DEFAULT 0 NOT NULL,
	"filed" integer DEFAULT 0 NOT NULL,
	"accepted_count" integer DEFAULT 0 NOT NULL,
	"returned" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	"on_time" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rollup_city_id_station_id_period_pk" PRIMARY KEY("city_id","station_id","period")
);
--> statement-breakpoint
ALTER TABLE "rollup" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "station" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" bigint NOT NULL,
	"code" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"level" text collate "C" NOT NULL,
	"kind" text collate "C" DEFAULT 'station' NOT NULL,
	"parent_id" bigint,
	"ancestors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"required" boolean DEFAULT true NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"merged_into" bigint,
	"address" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"search" text NOT NULL,
	"sort" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "station_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "station_level" CHECK ("station"."level" in ('city', 'district', 'town', 'village')),
	CONSTRAINT "station_kind" CHECK ("station"."kind" in ('station', 'cadre_home', 'service_point')),
	CONSTRAINT "station_dates" CHECK ("station"."closed_on" is null or "station"."closed_on" >= "station"."opened_on")
);
--> statement-breakpoint
ALTER TABLE "station" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "station_event" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"kind" text collate "C" NOT NULL,
	"effective_on" date NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_name" text NOT NULL,
	CONSTRAINT "station_event_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id"),
	CONSTRAINT "station_event_kind" CHECK ("station_event"."kind" in ('open', 'close', 'reopen', 'rename', 'move', 'merge', 'edit'))
);
--> statement-breakpoint
ALTER TABLE "station_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "station_facts" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"full_time" integer DEFAULT 0 NOT NULL,
	"part_time" integer DEFAULT 0 NOT NULL,
	"approved_posts" integer DEFAULT 0 NOT NULL,
	"veteran_secretary" boolean DEFAULT false NOT NULL,
	"five_haves" boolean DEFAULT false NOT NULL,
	CONSTRAINT "station_facts_city_id_station_id_valid_from_pk" PRIMARY KEY("city_id","station_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "station_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "month_sign_off" ADD CONSTRAINT "month_sign_off_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_report" ADD CONSTRAINT "monthly_report_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollup" ADD CONSTRAINT "rollup_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "station" ADD CONSTRAINT "station_parent_fk" FOREIGN KEY ("city_id","parent_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "station_event" ADD CONSTRAINT "station_event_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "station_facts" ADD CONSTRAINT "station_facts_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("city_id","subject","subject_id");--> statement-breakpoint
CREATE INDEX "audit_log_path" ON "audit_log" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "idempotency_key_path" ON "idempotency_key" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_slot_code" ON "indicator_slot" USING btree ("city_id","code");--> statement-breakpoint
CREATE UNIQUE INDEX "city_code" ON "city" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "api_token_hash" ON "api_token" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_token_user" ON "api_token" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "app_user_username" ON "app_user" USING btree ("username");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_token" ON "invitation" USING btree ("city_id","token_hash");--> statement-breakpoint
CREATE INDEX "invitation_path" ON "invitation" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_once" ON "membership" USING btree ("city_id","station_id","user_id","role") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "membership_path" ON "membership" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "membership_user" ON "membership" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_membership" ON "session" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "message_path" ON "message" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "month_sign_off_period" ON "month_sign_off" USING btree ("city_id","period","path");--> statement-breakpoint
CREATE INDEX "monthly_report_period_path" ON "monthly_report" USING btree ("city_id","period","path");--> statement-breakpoint
CREATE INDEX "monthly_report_reports_to" ON "monthly_report" USING btree ("city_id","reports_to","period");--> statement-breakpoint
CREATE INDEX "report_event_path" ON "report_event" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "report_remark_path" ON "report_remark" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "rollup_reported_path" ON "rollup" USING btree ("city_id","period","reported_path");--> statement-breakpoint
CREATE INDEX "rollup_reports_to" ON "rollup" USING btree ("city_id","reports_to","period");--> statement-breakpoint
CREATE INDEX "rollup_path" ON "rollup" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "station_code" ON "station" USING btree ("city_id","code");--> statement-breakpoint
CREATE INDEX "station_path" ON "station" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "station_parent" ON "station" USING btree ("city_id","parent_id");--> statement-breakpoint
CREATE INDEX "station_event_path" ON "station_event" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "station_facts_path" ON "station_facts" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "audit_log_scope" ON "audit_log" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "audit_log_auth_all" ON "audit_log" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "idempotency_key_scope" ON "idempotency_key" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "check_rule_scope" ON "check_rule" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "check_rule_published" ON "check_rule" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "deadline_rule_scope" ON "deadline_rule" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "deadline_rule_published" ON "deadline_rule" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "indicator_scope" ON "indicator" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "indicator_published" ON "indicator" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "indicator_slot_scope" ON "indicator_slot" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "indicator_slot_published" ON "indicator_slot" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "city_scope" ON "city" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "city_published" ON "city" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "city_auth_select" ON "city" AS PERMISSIVE FOR SELECT TO "muster_auth" USING (true);--> statement-breakpoint
CREATE POLICY "api_token_auth_all" ON "api_token" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_user_auth_all" ON "app_user" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "invitation_scope" ON "invitation" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "invitation_auth_all" ON "invitation" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "membership_scope" ON "membership" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "membership_auth_all" ON "membership" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "rate_limit_auth_all" ON "rate_limit" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "session_auth_all" ON "session" AS PERMISSIVE FOR ALL TO "muster_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "message_scope" ON "message" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "month_lock_scope" ON "month_lock" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "month_lock_published" ON "month_lock" AS PERMISSIVE FOR SELECT TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "month_sign_off_scope" ON "month_sign_off" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "monthly_report_scope" ON "monthly_report" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "monthly_report_owner" ON "monthly_report" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "report_event_scope" ON "report_event" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "report_remark_scope" ON "report_remark" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "rollup_scope" ON "rollup" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "rollup_owner" ON "rollup" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "station_scope" ON "station" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "station_auth_select" ON "station" AS PERMISSIVE FOR SELECT TO "muster_auth" USING (true);--> statement-breakpoint
CREATE POLICY "station_event_scope" ON "station_event" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "station_facts_scope" ON "station_facts" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));