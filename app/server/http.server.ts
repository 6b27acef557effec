import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import { localeOf } from "~/i18n/i18n.server";
import { admit, isStreamed, readBody, streamBody } from "./admission.server";
import { problem } from "./api.server";
import { now } from "./clock.server";
import { compress } from "./compress.server";
import { closePools } from "./database.server";
import { env } from "./env.server";
import { badRequest, isRefusal, notFound, Refusal } from "./errors.server";
import { log } from "./log.server";
import { metrics } from "./metrics.server";
import { carriesBearer, comesFromOurPages, isUnsafe } from "./origin.server";
import { plainPage } from "./plain-page.server";
import type { RequestContext } from "./request-context.server";
import { resourceFinder } from "./resource-routes.server";
import { sectionsOf } from "./sections.server";
import { securityHeaders } from "./security-headers.server";
import { prepareToServe } from "./startup.server";
import { staticFiles } from "./static.server";
import { isStopping, onStop, stop } from "./stop.server";
import { Turnstile } from "./turnstile.server";

type Bindings = { incoming: IncomingMessage; outgoing: ServerResponse };
type Handle = (request: Request, context: { muster: RequestContext }) => Promise<Response>;
type Statics = (request: Request, pathname: string) => Promise<Response | null>;

/** An address for the log: long segments are tokens of invitations and the like, many digits somebody's number. */
function withoutSecrets(pathname: string): string {
  return pathname.replace(/[^/]{21,}|[^/]*\d{9}[^/]*/g, "…");
}

/** Readable aloud over a telephone: no 0/O, 1/I/L. */
function newReference(): string {
  const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  return [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join("");
}

const LOOPBACK = /^(127\.|::1$)/;
/** What proxies say of those they ask for; believed or not, who sends one is not alone. */
const PROXY_HEADERS = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

function addressOf(incoming: IncomingMessage): { ip: string; fromThisMachine: boolean } {
  const socketAddress = (incoming.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const proxied = PROXY_HEADERS.some((name) => incoming.headers[name] !== undefined);
  const forwarded = env().trustProxy ? incoming.headers["x-forwarded-for"] : undefined;
  // Only the entry that our own proxy added can be believed: the last.
  const last = [forwarded].flat().join(",").split(",").at(-1)?.trim();
  return { ip: last || socketAddress, fromThisMachine: LOOPBACK.test(socketAddress) && !proxied };
}

/** The request as routes see it: under the public origin, its body read, without what must not count. */
async function accept(raw: Request, target: string): Promise<Request> {
  const { publicOrigin } = env();
  const headers = new Headers(raw.headers);
  const unsafe = isUnsafe(raw.method);
  if (carriesBearer(headers)) {
    // A token stands for itself: with it no cookie counts, so there is nothing to forge.
    headers.delete("Cookie");
    headers.delete("Origin");
  } else if (unsafe && !comesFromOurPages(headers, publicOrigin)) {
    throw new Refusal(403, "foreignOrigin");
  }
  // The framework compares Origin with Host once more; behind a proxy or an alias they differ, and we have decided.
  headers.delete("X-Forwarded-Host");
  const origin = headers.get("Origin");
  // On a visit nobody has judged the Origin yet: it may be no address at all.
  headers.set("Host", new URL(origin !== null && URL.canParse(origin) ? origin : publicOrigin).host);
  const body = !unsafe ? undefined : isStreamed(target) ? streamBody(raw) : await readBody(raw, target);
  return new Request(`${publicOrigin}${target}`, {
    method: raw.method,
    headers,
    signal: raw.signal,
    body: body as BodyInit | undefined,
    // Asked for by every body that is a stream.
    duplex: "half",
  } as RequestInit);
}

async function refuse(
  error: unknown,
  raw: Request,
  pathname: string,
  context: RequestContext,
): Promise<Response> {
  const locale = await localeOf(raw);
  if (isRefusal(error)) metrics().refused.inc({ reason: error.code });
  if (pathname.startsWith("/api/")) return problem(error, locale, context.reference);
  return plainPage(error, locale, context.reference);
}

function kindOf(pathname: string, isStatic: boolean): string {
  if (isStatic) return "asset";
  if (pathname.startsWith("/api/")) return "api";
  return pathname.endsWith(".data") ? "data" : "page";
}

function finish(
  response: Response,
  context: RequestContext,
  started: number,
  { method, headers: asked }: Request,
): Promise<Response> {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders(context.nonce))) {
    // A file from outside comes under a policy of its own, stricter than a page could live with.
    if (name !== "Content-Security-Policy" || !headers.has(name)) headers.set(name, value);
  }
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  headers.set("X-Request-Id", context.reference);
  headers.append("Server-Timing", `total;dur=${(performance.now() - started).toFixed(1)}`);
  // Those in flight are answered, then their connection ends; so does one whose body was not read to its end.
  if (isStopping() || response.status === 413 || context.unread?.()) headers.set("Connection", "close");
  const { status, statusText, body } = response;
  const drawn = method === "HEAD" ? undefined : context.drawn;
  return compress(
    new Response(body, { status, statusText, headers }),
    asked.get("Accept-Encoding"),
    body ? undefined : drawn,
  );
}

/** An upload over a weak network may take minutes; any other body has to be there within one. */
const LONGEST_UPLOAD_MS = 300_000;
const LONGEST_BODY_MS = 60_000;

function endLateBody(incoming: IncomingMessage): void {
  // No body: nothing can be late. Tests hand in requests without a socket.
  if (incoming.complete || typeof incoming.once !== "function") return;
  const timer = setTimeout(() => incoming.destroy(), LONGEST_BODY_MS).unref();
  const settle = () => clearTimeout(timer);
  incoming.once("end", settle);
  incoming.once("close", settle);
}

/** The application around the framework's handler; also used by tests, without a socket. */
export function application(handle: Handle, statics: Statics): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  app.all("*", async (c) => {
    const started = performance.now();
    const { incoming } = c.env;
    const target = incoming.url ?? "/";
    const pathname = target.split("?", 1)[0] ?? "/";
    const muster: RequestContext = {
      reference: newReference(),
      ...addressOf(incoming),
      nonce: randomBytes(16).toString("base64url"),
      now: now(),
      fromScript: pathname.endsWith(".data"),
      wantsJson: /^application\/json/.test(incoming.headers.accept ?? ""),
    };
    const raw = c.req.raw;
    let response: Response;
    let isStatic = false;
    try {
      admit(raw.method, target);
      if (isStreamed(target)) muster.unread = () => !incoming.complete;
      else endLateBody(incoming);
      const file = await statics(raw, pathname);
      isStatic = file !== null;
      response = file ?? (await handle(await accept(raw, target), { muster }));
    } catch (error) {
      response = await refuse(error, raw, pathname, muster);
    }
    const seconds = (performance.now() - started) / 1000;
    const kind = kindOf(pathname, isStatic);
    metrics().seconds.observe({ kind, method: raw.method, status: String(response.status) }, seconds);
    if (!isStatic) {
      const { reference } = muster;
      log().info(
        {
          reference,
          method: raw.method,
          path: withoutSecrets(pathname),
          status: response.status,
          ms: Math.round(seconds * 1000),
        },
        "request",
      );
    }
    return finish(response, muster, started, raw);
  });
  return app;
}

/** The node listener; an address that is none at all (broken Host header) is a bare 400. */
export function listener(app: ReturnType<typeof application>): RequestListener {
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings as Bindings), {
    overrideGlobalObjects: false,
    errorHandler: () =>
      new Response("Bad Request\n", { status: 400, headers: { "Cache-Control": "no-store" } }),
  });
  return (incoming, outgoing) => void answer(incoming, outgoing);
}

export interface ServeOptions {
  /** The browser build; not needed in development. */
  clientFolder?: string;
  /** Development: what runs before us (hot reload, sources), and where the latest build comes from. */
  development?: {
    middleware: (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void;
    build: () => Promise<ServerBuild>;
  };
}

function tune(server: Server): void {
  server.headersTimeout = 15_000;
  server.requestTimeout = LONGEST_UPLOAD_MS;
  server.keepAliveTimeout = 10_000;
  server.maxHeadersCount = 100;
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
}

/** One of the framework's handlers, with what tells its addresses without a page. */
function handlerOf(build: ServerBuild, mode: "development" | "production") {
  return { handle: createRequestHandler(build, mode), isResource: resourceFinder(build) };
}

/**
 * Pages that are worked on at a time. With fewer the thread waits for the database, with more everybody waits for
 * everybody: against no limit the slowest of eight readers' pages came 4 to 13 % sooner.
 */
const PAGES_AT_A_TIME = 4;
/** Milliseconds after which one begins anyway: those before it wait for something else than this thread. */
const PATIENCE_MS = 250;
const pages = new Turnstile(PAGES_AT_A_TIME, PATIENCE_MS);

function remixHandler(build: ServerBuild, development: ServeOptions["development"]): Handle {
  const section = sectionsOf(build);
  const known = new Map<ServerBuild, ReturnType<typeof handlerOf>>();
  const handlerFor = async (pathname: string) => {
    // Hot reload brings new routes.
    if (development) return handlerOf(await development.build(), "development");
    const part = section(pathname);
    const handler = known.get(part) ?? handlerOf(part, "production");
    known.set(part, handler);
    return handler;
  };
  return async (request, context) => {
    const { pathname } = new URL(request.url);
    const { handle, isResource } = await handlerFor(pathname);
    context.muster.resource = isResource(pathname);
    const answer = () => handle(request, context);
    const isPage = request.method === "GET" && !context.muster.resource;
    const response = await (isPage ? pages.pass(answer) : answer());
    // Where no loader or action stands for the method the framework answers in words of its own. Our 405 says Allow.
    const { status, headers } = response;
    if (headers.has("X-Remix-Error") || (status === 405 && !headers.has("Allow"))) throw refusalFor(status);
    return response;
  };
}

function refusalFor(status: number): Error {
  if (status >= 500) return new Error(`the framework answered ${status}`);
  if (status === 405) return new Refusal(405, "methodNotAllowed");
  return status === 404 ? notFound() : badRequest();
}

/** Serves the application until SIGTERM or SIGINT; resolves when it listens. */
export async function serve(
  build: ServerBuild,
  { clientFolder, development }: ServeOptions = {},
): Promise<Server> {
  const handle = remixHandler(build, development);
  const statics = clientFolder ? staticFiles(clientFolder) : async () => null;
  const ours = listener(application(handle, statics));
  const listen: RequestListener = development
    ? (incoming, outgoing) => development.middleware(incoming, outgoing, () => ours(incoming, outgoing))
    : ours;
  const server = createServer({ maxHeaderSize: 16 * 1024 }, listen);
  tune(server);
  const { port, host, publicOrigin } = env();
  await prepareToServe();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log().info({ signal }, "stopping");
      stop(server).then(() => process.exit(0));
    });
  }
  onStop("pools", closePools);
  log().info({ address: publicOrigin }, "listening");
  return server;
}
