import type { LoaderFunctionArgs } from "@remix-run/node";
import { env } from "~/server/env.server";
import { metrics } from "~/server/metrics.server";

/** Prometheus text. Only this machine may ask, and no reader behind its proxy, unless METRICS_OPEN=1. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  if (!env().metricsOpen && !context.muster.fromThisMachine)
    return new Response("Not Found\n", { status: 404 });
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { "Content-Type": registry.contentType } });
}
