CREATE TABLE "station_standing" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"year" smallint,
	"round" smallint,
	"set_number" integer,
	"level" text collate "C",
	"verified_on" date,
	"five_haves" boolean,
	"failing_since" date,
	"points" double precision,
	"grade" text collate "C",
	"lacking" text[],
	"failing" text[],
	"missed" text[],
	"exempt" text[],
	"serving" integer,
	"full_time" integer,
	"part_time" integer,
	"concurrent" integer,
	"veterans" integer,
	"secretary" boolean,
	"trained" integer,
	"trained_year" smallint,
	"posts" integer,
	CONSTRAINT "station_standing_city_id_station_id_pk" PRIMARY KEY("city_id","station_id"),
	CONSTRAINT "station_standing_verified" CHECK (("station_standing"."verified_on" is null) = ("station_standing"."five_haves" is null)),
	CONSTRAINT "station_standing_roster" CHECK (("station_standing"."serving" is null) = ("station_standing"."full_time" is null))
);
--> statement-breakpoint
ALTER TABLE "station_standing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_standing" ADD CONSTRAINT "station_standing_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "station_standing_path" ON "station_standing" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "station_standing_scope" ON "station_standing" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint

-- The owner is held to the policies, too. A row says how things stand and is never deleted.
ALTER TABLE "station_standing" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "station_standing" TO muster_app;
