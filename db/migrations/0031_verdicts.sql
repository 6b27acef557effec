CREATE TABLE "station_verdict" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint NOT NULL,
	"round" smallint NOT NULL,
	"stage" text collate "C" NOT NULL,
	"set_number" integer NOT NULL,
	"level" text collate "C" NOT NULL,
	"verified_on" date NOT NULL,
	"replaced_on" date,
	"five_haves" boolean NOT NULL,
	"lacking" text[] NOT NULL,
	"missed" text[] NOT NULL,
	"exempt" text[] NOT NULL,
	CONSTRAINT "station_verdict_city_id_station_id_year_round_stage_pk" PRIMARY KEY("city_id","station_id","year","round","stage"),
	CONSTRAINT "station_verdict_stage" CHECK ("station_verdict"."stage" in ('check', 'spot')),
	CONSTRAINT "station_verdict_days" CHECK ("station_verdict"."replaced_on" >= "station_verdict"."verified_on")
);
--> statement-breakpoint
ALTER TABLE "station_verdict" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_verdict" ADD CONSTRAINT "station_verdict_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "station_verdict_dimensions" ON "station_verdict" USING btree ("city_id","path","verified_on","replaced_on","set_number","level","five_haves","lacking");--> statement-breakpoint
CREATE INDEX "station_verdict_items" ON "station_verdict" USING btree ("city_id","path","verified_on","replaced_on","missed","exempt") WHERE missed <> '{}' or exempt <> '{}';--> statement-breakpoint
CREATE POLICY "station_verdict_scope" ON "station_verdict" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
-- The owner is held to the policies, too. A row says how things stood and is never deleted.
ALTER TABLE "station_verdict" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "station_verdict" TO muster_app;
