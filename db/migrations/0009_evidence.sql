CREATE TABLE "evidence" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"subject_kind" text collate "C" NOT NULL,
	"subject_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"file_key" text collate "C" NOT NULL,
	"size" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"width" integer,
	"height" integer,
	"taken_by" text NOT NULL,
	"taken_by_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_on" date,
	"removed_at" timestamp with time zone,
	"removed_by" text,
	"removed_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "evidence_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "evidence_subject_kind" CHECK ("evidence"."subject_kind" in ('station')),
	CONSTRAINT "evidence_kind" CHECK ("evidence"."kind" in ('image', 'pdf')),
	CONSTRAINT "evidence_removal" CHECK (("evidence"."removed_at" is null) = ("evidence"."removed_by" is null))
);
--> statement-breakpoint
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_subject" ON "evidence" USING btree ("city_id","subject_kind","subject_id","sha256") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "evidence_expiry" ON "evidence" USING btree ("city_id","station_id","expires_on") WHERE removed_at is null and expires_on is not null;--> statement-breakpoint
CREATE INDEX "evidence_path" ON "evidence" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "evidence_scope" ON "evidence" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));