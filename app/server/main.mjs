// Starts the server: `node app/server/main.mjs` serves the build, `--dev` serves the sources with hot reload.
// Everything else lives in the build, so that routes and server share one copy of every module.
import process from "node:process";
import { fileURLToPath } from "node:url";

const development = process.argv.includes("--dev");
process.env.NODE_ENV ??= development ? "development" : "production";

if (development) {
  const { createServer } = await import("vite");
  const vite = await createServer({
    appType: "custom",
    server: { middlewareMode: true, hmr: { port: Number(process.env.HMR_PORT ?? 24_678) } },
  });
  const load = () => vite.ssrLoadModule("virtual:remix/server-build");
  const build = await load();
  await build.entry.module.serve(build, { development: { middleware: vite.middlewares, build: load } });
} else {
  const build = await import(new URL("../../build/server/index.js", import.meta.url).href);
  const clientFolder = fileURLToPath(new URL("../../build/client/", import.meta.url));
  await build.entry.module.serve(build, { clientFolder });
}
