CREATE TABLE "change_mark" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"register" text collate "C" NOT NULL,
	"changes" bigint NOT NULL,
	CONSTRAINT "change_mark_city_id_station_id_register_pk" PRIMARY KEY("city_id","station_id","register")
);
--> statement-breakpoint
ALTER TABLE "change_mark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "station_path";--> statement-breakpoint
ALTER TABLE "change_mark" ADD CONSTRAINT "change_mark_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_mark_path" ON "change_mark" USING btree ("city_id","register","path","station_id","changes");--> statement-breakpoint
CREATE INDEX "station_path" ON "station" USING btree ("city_id","path","id","version");--> statement-breakpoint
CREATE POLICY "change_mark_scope" ON "change_mark" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
-- The owner is held to the policies, too. A mark only grows.
ALTER TABLE "change_mark" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "change_mark" TO muster_app;
