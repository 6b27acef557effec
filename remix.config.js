// Imported by vite.config.ts, which hands it to the Remix plugin: Remix options live here, build options there.
import process from "node:process";

const [program = "", command = ""] = process.argv.slice(1);
if (/[\\/](remix|remix\.js|cli\.js)$/.test(program) && ["build", "dev", "watch"].includes(command)) {
  throw new Error(
    `"remix ${command}" would use the old compiler and ignore vite.config.ts: run "npm run build" or "npm run dev".`,
  );
}

/** @type {import("@remix-run/dev").VitePluginConfig} */
const config = {
  appDirectory: "app",
  ssr: true,
  // Tests stand beside the code, also in app/routes. The component gallery is for development only.
  ignoredRouteFiles: [
    "**/*.test.{ts,tsx}",
    "**/*.server.ts",
    ...(process.argv.includes("vite:build") ? ["**/dev.*"] : []),
  ],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: true,
    v3_singleFetch: true,
    // Routes follow the file convention of app/routes, which needs no app/routes.ts.
    v3_routeConfig: false,
  },
};

export default config;
