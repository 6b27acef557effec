CREATE INDEX "card_station" ON "card" USING btree ("city_id","station_id","kind");--> statement-breakpoint
ALTER TABLE "indicator" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "indicator" i SET derivation = 'cards.paired'
WHERE i.code = 'H05' AND i.derivation IS NULL AND i.source = 'derived' AND NOT i.own;--> statement-breakpoint
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
