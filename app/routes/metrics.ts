import type { LoaderFunctionArgs } from "@remix-run/node";
import { env } from "~/server/env.server";
import { metrics } from "~/server/metrics.server";

const LOOPBACK = /^(127\.|::1$)/;

/** Prometheus text. The socket's address decides, not a header: only this machine may ask unless METRICS_OPEN=1. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  if (!env().metricsOpen && !LOOPBACK.test(context.muster.socketAddress))
    return new Response("Not Found\n", { status: 404 });
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { "Content-Type": registry.contentType } });
}
