ALTER TABLE "inspection" ADD COLUMN "unannounced" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "inspection_station" ADD COLUMN "unannounced" boolean DEFAULT false NOT NULL;