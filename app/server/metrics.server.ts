import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

interface Metrics {
  registry: Registry;
  seconds: Histogram<"kind" | "method" | "status">;
  refused: Counter<"reason">;
}

// Kept on the process: hot reload must not register the same metric twice.
const shared = globalThis as typeof globalThis & { musterMetrics?: Metrics };

/** The measures of this process. */
export function metrics(): Metrics {
  if (!shared.musterMetrics) {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const seconds = new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from the request's arrival to its headers",
      labelNames: ["kind", "method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });
    const refused = new Counter({
      name: "http_refused_total",
      help: "Requests refused before any route ran",
      labelNames: ["reason"],
      registers: [registry],
    });
    shared.musterMetrics = { registry, seconds, refused };
  }
  return shared.musterMetrics;
}
