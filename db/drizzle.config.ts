import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./schema/*.ts",
  out: "./migrations",
  entities: { roles: { exclude: ["muster_app", "muster_auth", "muster_owner"] } },
});
