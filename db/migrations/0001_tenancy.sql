-- What drizzle-kit does not write: FORCE RLS, grants, and the two functions every transaction uses.

-- The owner is held to the policies too: only its own policy (one city at a time) lets it reach rows.
ALTER TABLE "city" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "station_facts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitation" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "app_user" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "session" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_token" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rate_limit" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "indicator_slot" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "check_rule" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deadline_rule" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "monthly_report" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "report_event" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rollup" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "month_sign_off" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "month_lock" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "report_remark" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_log" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_key" FORCE ROW LEVEL SECURITY;--> statement-breakpoint

-- Grants: each role gets what it uses and nothing more. Logs can be added to, never changed.
GRANT USAGE ON SCHEMA public TO muster_app, muster_auth;--> statement-breakpoint
GRANT USAGE ON SEQUENCE "station_number", "city_number" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "city", "station", "membership", "invitation", "monthly_report", "rollup", "message" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "station_facts", "indicator", "check_rule", "deadline_rule", "month_sign_off" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "station_event", "report_event", "indicator_slot", "month_lock", "report_remark", "audit_log", "idempotency_key" TO muster_app;--> statement-breakpoint
GRANT DELETE ON "idempotency_key" TO muster_app;--> statement-breakpoint
-- A move takes the history along: whoever sees the station now sees how it came to stand so.
GRANT UPDATE ("path") ON "station_event", "report_event", "report_remark", "audit_log", "idempotency_key" TO muster_app;--> statement-breakpoint
GRANT UPDATE ("path"), UPDATE ("excused") ON "month_sign_off" TO muster_app;--> statement-breakpoint
GRANT UPDATE ("path") ON "station_facts" TO muster_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "app_user", "membership", "invitation", "api_token" TO muster_auth;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "session", "rate_limit" TO muster_auth;--> statement-breakpoint
GRANT SELECT ON "city", "station" TO muster_auth;--> statement-breakpoint
GRANT INSERT, SELECT ON "audit_log" TO muster_auth;--> statement-breakpoint

-- Roll-up rows change in place at every transition: leave room for heap-only updates.
ALTER TABLE "rollup" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "monthly_report" SET (fillfactor = 70);--> statement-breakpoint

-- The scope of a transaction. Literal SET LOCAL, unlike set_config, also reaches the nodes of Citus.
CREATE FUNCTION set_scope(p_city bigint, p_path text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF p_city IS NULL OR p_path IS NULL OR p_path !~ '^/([0-9]+/)*$' THEN
    RAISE EXCEPTION 'not a scope: %, %', p_city, p_path USING ERRCODE = '22023';
  END IF;
  EXECUTE format('SET LOCAL app.city_id = %L', p_city);
  EXECUTE format('SET LOCAL app.scope_path = %L', p_path);
END
$$;--> statement-breakpoint

-- Slot by slot a + b; a missing figure counts nothing, the longer array gives the length.
CREATE FUNCTION figures_add(a bigint[], b bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY i), '{}')
  FROM unnest(a, b) WITH ORDINALITY AS t(x, y, i)
$$;--> statement-breakpoint

CREATE AGGREGATE figures_sum(bigint[]) (SFUNC = figures_add, STYPE = bigint[], INITCOND = '{}');--> statement-breakpoint

-- Adds a report's change to each station above it, as the hierarchy stood in that month, from the bottom up.
-- It runs as the owner because a village may not read its town's roll-up; the caller must see the report.
-- Every writer takes the rows in this order, so that two of them wait and never deadlock.
CREATE FUNCTION rollup_apply(
  p_station bigint, p_period text, p_accepted bigint[], p_provisional bigint[],
  p_expected int, p_filed int, p_accepted_count int, p_returned int, p_missing int, p_on_time int
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_city bigint := nullif(current_setting('app.city_id', true), '')::bigint;
  v_scope text COLLATE "C" := nullif(current_setting('app.scope_path', true), '');
  v_path text COLLATE "C";
BEGIN
  SELECT r.reported_path INTO v_path FROM monthly_report r
  WHERE r.city_id = v_city AND r.station_id = p_station AND r.period = p_period
    AND r.path >= v_scope AND r.path < v_scope || chr(1114111);
  IF v_path IS NULL THEN
    RAISE EXCEPTION 'no such report in scope' USING ERRCODE = '42501';
  END IF;
  LOOP
    UPDATE rollup SET
      accepted = figures_add(accepted, p_accepted),
      provisional = figures_add(provisional, p_provisional),
      expected = expected + p_expected,
      filed = filed + p_filed,
      accepted_count = accepted_count + p_accepted_count,
      returned = returned + p_returned,
      missing = missing + p_missing,
      on_time = on_time + p_on_time
    WHERE city_id = v_city AND period = p_period AND reported_path = v_path;
    EXIT WHEN v_path = '/';
    v_path := regexp_replace(v_path, '[0-9]+/$', '');
  END LOOP;
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION rollup_apply(bigint, text, bigint[], bigint[], int, int, int, int, int, int) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION rollup_apply(bigint, text, bigint[], bigint[], int, int, int, int, int, int) TO muster_app;--> statement-breakpoint

-- Figures by code for people with psql; the reader's own row-level security applies.
CREATE VIEW "figure" WITH (security_invoker = true) AS
SELECT r.city_id, r.path, r.station_id, r.period, r.status, i.code, r.figures[i.slot + 1] AS value
FROM monthly_report r
JOIN indicator i ON i.city_id = r.city_id AND i.slot IS NOT NULL
  AND i.valid_from <= r.period AND (i.valid_to IS NULL OR i.valid_to >= r.period);--> statement-breakpoint
GRANT SELECT ON "figure" TO muster_app;
