import type { LoaderFunctionArgs } from "@remix-run/node";
import { localeOf } from "~/i18n/i18n.server";
import { env } from "~/server/env.server";
import { notFound } from "~/server/errors.server";
import { metrics } from "~/server/metrics.server";
import { plainPage } from "~/server/plain-page.server";

/** Prometheus text. Only this machine may ask, and no reader behind its proxy, unless METRICS_OPEN=1. */
export async function loader({ context, request }: LoaderFunctionArgs): Promise<Response> {
  const { fromThisMachine, reference } = context.muster;
  if (!env().metricsOpen && !fromThisMachine)
    return plainPage(notFound(), await localeOf(request), reference);
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { "Content-Type": registry.contentType } });
}
