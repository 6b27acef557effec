CREATE TABLE "leading_group" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"name" text NOT NULL,
	"office" text NOT NULL,
	"role" text collate "C" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "leading_group_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id"),
	CONSTRAINT "leading_group_role" CHECK ("leading_group"."role" in ('chair', 'deputy', 'member')),
	CONSTRAINT "leading_group_dates" CHECK ("leading_group"."valid_to" is null or "leading_group"."valid_to" > "leading_group"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "leading_group" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "liaison_cover" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"staff_id" uuid NOT NULL,
	"covered_id" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "liaison_cover_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id"),
	CONSTRAINT "liaison_cover_dates" CHECK ("liaison_cover"."valid_to" is null or "liaison_cover"."valid_to" >= "liaison_cover"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "liaison_cover" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"staff_id" uuid NOT NULL,
	"name" text NOT NULL,
	"post" text NOT NULL,
	"employment" text collate "C" NOT NULL,
	"head" boolean DEFAULT false NOT NULL,
	"secretary" boolean DEFAULT false NOT NULL,
	"veteran" boolean DEFAULT false NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"education" text collate "C" DEFAULT 'unknown' NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "staff_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id"),
	CONSTRAINT "staff_employment" CHECK ("staff"."employment" in ('full_time', 'part_time', 'concurrent')),
	CONSTRAINT "staff_education" CHECK ("staff"."education" in ('unknown', 'junior', 'senior', 'college', 'bachelor', 'master')),
	CONSTRAINT "staff_dates" CHECK ("staff"."valid_to" is null or "staff"."valid_to" > "staff"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "staff" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff_posts" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"posts" integer NOT NULL,
	"document" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "staff_posts_city_id_station_id_valid_from_pk" PRIMARY KEY("city_id","station_id","valid_from"),
	CONSTRAINT "staff_posts_number" CHECK ("staff_posts"."posts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "staff_posts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "training" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"subject" text NOT NULL,
	"held_on" date NOT NULL,
	"hours" integer NOT NULL,
	"batch" text DEFAULT '' NOT NULL,
	"cancelled_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "training_city_id_station_id_id_pk" PRIMARY KEY("city_id","station_id","id"),
	CONSTRAINT "training_hours" CHECK ("training"."hours" between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "training" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "training_attendance" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"training_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"held_on" date NOT NULL,
	"hours" integer NOT NULL,
	"attended" boolean DEFAULT true NOT NULL,
	CONSTRAINT "training_attendance_city_id_station_id_training_id_staff_id_pk" PRIMARY KEY("city_id","station_id","training_id","staff_id")
);
--> statement-breakpoint
ALTER TABLE "training_attendance" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "leading_group" ADD CONSTRAINT "leading_group_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "liaison_cover" ADD CONSTRAINT "liaison_cover_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_posts" ADD CONSTRAINT "staff_posts_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_attendance" ADD CONSTRAINT "training_attendance_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leading_group_path" ON "leading_group" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "liaison_cover_current" ON "liaison_cover" USING btree ("city_id","station_id","staff_id","covered_id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "liaison_cover_path" ON "liaison_cover" USING btree ("city_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_serving" ON "staff" USING btree ("city_id","station_id","staff_id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "staff_path" ON "staff" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "staff_posts_path" ON "staff_posts" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "training_path" ON "training" USING btree ("city_id","path","held_on");--> statement-breakpoint
CREATE INDEX "training_attendance_training" ON "training_attendance" USING btree ("city_id","training_id");--> statement-breakpoint
CREATE INDEX "training_attendance_path" ON "training_attendance" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "leading_group_scope" ON "leading_group" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "liaison_cover_scope" ON "liaison_cover" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "staff_scope" ON "staff" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "staff_posts_scope" ON "staff_posts" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "training_scope" ON "training" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "training_attendance_scope" ON "training_attendance" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint

-- The owner is held to the policies too. Nothing of the register is ever deleted: what ended has a last day.
ALTER TABLE "staff" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "staff_posts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "leading_group" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "liaison_cover" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "training" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "training_attendance" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "staff", "staff_posts", "leading_group", "liaison_cover", "training", "training_attendance" TO muster_app;
