/** What the environment says, read once. Every variable is named in the README; nothing else reads process.env. */
export interface Env {
  port: number;
  host: string;
  /** Scheme, host and port as the reader's browser sees them, without a slash at the end. */
  publicOrigin: string;
  production: boolean;
  /** Demo accounts exist and a banner says so. */
  demo: boolean;
  /** Behind a reverse proxy of ours: the last X-Forwarded-For entry is the reader's address. */
  trustProxy: boolean;
  /** /metrics answers any address, not only loopback. */
  metricsOpen: boolean;
  /** A fixed instant for tests, or null for the real clock. */
  fixedNow: Date | null;
  logLevel: string;
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is not a port: ${text}`);
  return port;
}

function instantOf(text: string | undefined): Date | null {
  if (!text) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new Error(`MUSTER_NOW is not an ISO instant: ${text}`);
  return instant;
}

function originOf(text: string): string {
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Error(`PUBLIC_ORIGIN is not a web address: ${text}`);
  return url.origin;
}

/** Reads the environment; throws with the variable's name when a value makes no sense. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const port = portOf(source.PORT);
  const host = source.HOST || "127.0.0.1";
  const hostInUrl =
    host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return {
    port,
    host,
    publicOrigin: originOf(source.PUBLIC_ORIGIN || `http://${hostInUrl}:${port}`),
    production: source.NODE_ENV === "production",
    demo: source.MUSTER_DEMO === "1",
    trustProxy: source.TRUST_PROXY === "1",
    metricsOpen: source.METRICS_OPEN === "1",
    fixedNow: instantOf(source.MUSTER_NOW),
    logLevel: source.LOG_LEVEL || "info",
  };
}

let cached: Env | undefined;

/** The environment of this process. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}
