/**
 * The direction of the house: domain <- access, reports, db <- jobs <- app; e2e may use db/testing, never app.
 * A mistake made twice becomes a rule here, with its reason.
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "domain-is-pure",
      comment: "Rules run in the browser and in tests without anything around them: no I/O, no other room.",
      severity: "error",
      from: { path: "^packages/domain/src", pathNot: "\\.(test|fixture)\\.ts$" },
      to: { pathNot: "^packages/domain/src" },
    },
    {
      name: "access-needs-domain-only",
      severity: "error",
      from: { path: "^packages/access" },
      to: { path: "^(app|db|e2e|packages/(?!access|domain))" },
    },
    {
      name: "reports-needs-domain-only",
      severity: "error",
      from: { path: "^packages/reports" },
      to: { path: "^(app|db|e2e|packages/(?!reports|domain))" },
    },
    {
      name: "db-knows-no-roles",
      comment:
        "CASL says whether a role may act, RLS says which rows exist; mixing them hides holes in both.",
      severity: "error",
      from: { path: "^db" },
      to: { path: "^(app|e2e|packages/(access|reports|launch))" },
    },
    {
      name: "sql-stays-in-db",
      comment: "Only db/ speaks SQL; a room that imports the driver can open a transaction without a scope.",
      severity: "error",
      from: { path: "^(app|packages|e2e)", pathNot: "^packages/launch" },
      to: { path: "node_modules/(drizzle-orm|postgres)/" },
    },
    {
      name: "e2e-never-imports-app",
      comment: "A browser test that imports the application tests the import.",
      severity: "error",
      from: { path: "^e2e" },
      to: { path: "^(app|packages)/" },
    },
    {
      name: "features-know-no-database",
      comment: "View models get rows from loaders; only types may cross.",
      severity: "error",
      from: { path: "^app/(features|ui|charts)", pathNot: "\\.(server|test)\\.tsx?$" },
      to: { path: "^db/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "ui-has-no-domain-words",
      comment: "The kit serves every area.",
      severity: "error",
      from: { path: "^app/ui", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(app/(features|routes)|packages/(access|reports))" },
    },
    {
      name: "one-importer-of-recharts",
      comment: "Charts are heavy: they load with dashboards and nowhere else.",
      severity: "error",
      from: { pathNot: "^app/charts" },
      to: { path: "node_modules/recharts/" },
    },
    {
      name: "one-importer-of-lucia",
      comment: "Sessions have one door.",
      severity: "error",
      from: { pathNot: "^app/server/lucia\\.server\\.ts$" },
      to: { path: "node_modules/lucia/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(build|node_modules/.*/node_modules|\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json"],
    },
  },
};
