import { readiness } from "~/server/database.server";
import { isStopping } from "~/server/stop.server";

/** The database answers, migrations are current, and we are not about to stop. */
export async function loader(): Promise<Response> {
  const { ready, detail } = isStopping() ? { ready: false, detail: "stopping" } : await readiness();
  return new Response(`${ready ? "ready" : detail}\n`, {
    status: ready ? 200 : 503,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
