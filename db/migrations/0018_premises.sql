CREATE TABLE "station_premises" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"area" integer NOT NULL,
	"rooms" integer NOT NULL,
	"yearly_funds" bigint NOT NULL,
	"disclosed_on" date,
	CONSTRAINT "station_premises_city_id_station_id_valid_from_pk" PRIMARY KEY("city_id","station_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "station_premises" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_premises" ADD CONSTRAINT "station_premises_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "station_premises_path" ON "station_premises" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "station_premises_scope" ON "station_premises" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));