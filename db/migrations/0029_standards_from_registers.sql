-- Cities that were there before take these items of the initial standards from their registers, as a new city does.
-- An item that a city has made its own under the same code keeps what it has.
ALTER TABLE "standard_item" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "standard_item" i SET source = v.source FROM (VALUES
  ('S6', '每人常联对象', 'number', 'visits.contacts'),
  ('G9', '联系卡发放率', 'percent', 'cards.contact'),
  ('X3', '应访完成率', 'percent', 'visits.made')
) AS v (code, name_zh, kind, source)
WHERE i.code = v.code AND i.name_zh = v.name_zh AND i.kind = v.kind AND i.source IS NULL;--> statement-breakpoint
ALTER TABLE "standard_item" FORCE ROW LEVEL SECURITY;
