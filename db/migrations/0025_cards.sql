CREATE TABLE "card" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"id" uuid NOT NULL,
	"station_id" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"kind" text collate "C" NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"version" smallint DEFAULT 1 NOT NULL,
	"token" text collate "C" NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" text NOT NULL,
	"valid_until" date NOT NULL,
	"state" text collate "C" DEFAULT 'issued' NOT NULL,
	"ended_on" date,
	"worker_id" uuid,
	"printed_at" timestamp with time zone,
	CONSTRAINT "card_city_id_id_pk" PRIMARY KEY("city_id","id"),
	CONSTRAINT "card_kind" CHECK ("card"."kind" in ('emergency', 'contact', 'pairing', 'service')),
	CONSTRAINT "card_state" CHECK ("card"."state" in ('issued', 'replaced', 'withdrawn')),
	CONSTRAINT "card_ended" CHECK (("card"."state" = 'issued') = ("card"."ended_on" is null)),
	CONSTRAINT "card_dates" CHECK ("card"."valid_until" >= "card"."issued_on")
);
--> statement-breakpoint
ALTER TABLE "card" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "card_settings" (
	"city_id" bigint NOT NULL,
	"path" text collate "C" NOT NULL,
	"station_id" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	"duties" text DEFAULT '' NOT NULL,
	"services" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "card_settings_city_id_station_id_pk" PRIMARY KEY("city_id","station_id")
);
--> statement-breakpoint
ALTER TABLE "card_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_person_fk" FOREIGN KEY ("city_id","record_id") REFERENCES "public"."person"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_settings" ADD CONSTRAINT "card_settings_station_fk" FOREIGN KEY ("city_id","station_id") REFERENCES "public"."station"("city_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "card_serial" ON "card" USING btree ("city_id","year","number");--> statement-breakpoint
CREATE UNIQUE INDEX "card_token" ON "card" USING btree ("city_id","token");--> statement-breakpoint
CREATE UNIQUE INDEX "card_current" ON "card" USING btree ("city_id","record_id","kind") WHERE state = 'issued';--> statement-breakpoint
CREATE INDEX "card_record" ON "card" USING btree ("city_id","record_id");--> statement-breakpoint
CREATE INDEX "card_path" ON "card" USING btree ("city_id","path");--> statement-breakpoint
CREATE INDEX "card_settings_path" ON "card_settings" USING btree ("city_id","path");--> statement-breakpoint
CREATE POLICY "card_scope" ON "card" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));--> statement-breakpoint
CREATE POLICY "card_owner" ON "card" AS PERMISSIVE FOR ALL TO "muster_owner" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint);--> statement-breakpoint
CREATE POLICY "card_settings_scope" ON "card_settings" AS PERMISSIVE FOR ALL TO "muster_app" USING (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111)) WITH CHECK (city_id = nullif(current_setting('app.city_id', true), '')::bigint and path >= nullif(current_setting('app.scope_path', true), '') and path < nullif(current_setting('app.scope_path', true), '') || chr(1114111));
--> statement-breakpoint
ALTER TABLE "card" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "card_settings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "card", "card_settings" TO muster_app;--> statement-breakpoint

-- The next number of a year's cards in the city: a village sees its own cards only, and serials are the city's. Whoever
-- asks next waits until this transaction has written its cards.
CREATE FUNCTION card_numbers(p_year integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_city bigint := nullif(current_setting('app.city_id', true), '')::bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('card_numbers', v_city));
  RETURN (SELECT coalesce(max(c.number), 0) + 1 FROM card c WHERE c.city_id = v_city AND c.year = p_year);
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION card_numbers(integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION card_numbers(integer) TO muster_app;
