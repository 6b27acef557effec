-- Cities that were there before findings were kept take their figures from them, as a new city does.
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = v.derivation FROM (VALUES
  ('G01', 'findings.opened'),
  ('G02', 'findings.closed'),
  ('G03', 'findings.overdue')
) AS v (code, derivation)
WHERE i.code = v.code AND i.derivation IS NULL AND i.source IN ('derived', 'computed') AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
