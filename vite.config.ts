import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Libraries of the framework, shared by every page: a chunk that stays cached when our code changes. */
const FRAMEWORK =
  /node_modules\/(react|react-dom|scheduler|@remix-run|react-router|react-router-dom|turbo-stream|cookie|react-i18next)\//;

function clientChunk(id: string): string | undefined {
  if (FRAMEWORK.test(id)) return "framework";
  // recharts is deliberately not named here: it stays with the dashboards, its only importers.
  return undefined;
}

export default defineConfig(({ isSsrBuild }) => ({
  root,
  // Beside the other caches: two checkouts may share one node_modules, but not this.
  cacheDir: ".cache/vite",
  plugins: [remix(remixConfig)],
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  build: isSsrBuild
    ? { target: "node20" }
    : {
        // Government PCs run Chromium 90 to 106.
        target: "chrome90",
        cssTarget: "chrome90",
        rollupOptions: { output: { manualChunks: clientChunk } },
      },
  // Found at once: otherwise the first page in development is loaded twice, with two copies of each.
  optimizeDeps: {
    include: ["react-dom", "recharts", "i18next", "react-i18next", "class-variance-authority"],
  },
  // Our other rooms export TypeScript source, so the server build takes them in; libraries stay outside.
  ssr: { noExternal: [/^@muster\//] },
}));
