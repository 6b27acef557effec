ALTER TABLE "station" ADD COLUMN "closed_spans" datemultirange DEFAULT '{}' NOT NULL;--> statement-breakpoint

-- Closures that had ended before this column: their reopenings say from when to when. The owner may reach the rows of
-- every city only while the policies do not hold for it; nobody else sees anything of this transaction.
ALTER TABLE "station" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_event" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "station" s SET "closed_spans" = e.spans
FROM (
  SELECT city_id, station_id, range_agg(daterange((details ->> 'closedOn')::date, effective_on)) AS spans
  FROM "station_event" WHERE kind = 'reopen' AND details ->> 'closedOn' <= effective_on::text
  GROUP BY city_id, station_id
) e
WHERE s.city_id = e.city_id AND s.id = e.station_id;--> statement-breakpoint
ALTER TABLE "station_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station" FORCE ROW LEVEL SECURITY;
