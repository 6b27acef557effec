/**
 * Resource routes of /api/v1. The same gate and the same scope as pages; errors are `application/problem+json`.
 *
 *     export const loader = api({ authorization: { action: "read", subject: "Station" }, search: Query },
 *       async ({ scoped, search }) => scoped((tx) => listStations(tx, search)));
 *
 *     export const action = apiWrite({ authorization: "signed-in", params: Params, methods: {
 *       PUT: { body: Draft, run: async ({ body, scoped, request }) => json(saved, { headers: { ETag: etag } }) },
 *     } });
 *
 * What `run` returns is sent as JSON with 200; return `json(value, init)` for another status or headers.
 * The caller is the session's cookie or a bearer token; `currentSession` knows both.
 */
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { localeOf } from "~/i18n/i18n.server";
import { badRequest, isRefusal, Refusal } from "./errors.server";
import { type Authorization, admitRole, enter } from "./gate.server";
import { readJson } from "./json.server";
import {
  type Context,
  type NoParams,
  type NoSearch,
  prepare,
  type RouteOptions,
  scopeFor,
  type WriteScope,
} from "./prepare.server";
import { reportAny } from "./report.server";

/** A JSON answer; integers stay integers, undefined members are left out. */
export function json(value: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("Content-Type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(value), { ...init, headers });
}

/** Any error as a problem document (RFC 9457). */
export function problem(
  error: unknown,
  locale: Parameters<typeof reportAny>[1],
  reference: string,
): Response {
  if (error instanceof Response) return error;
  const report = reportAny(error, locale, reference);
  const extensions = isRefusal(error) ? error.options.extensions : undefined;
  const body = {
    type: `urn:muster:problem:${report.code.replace(":", ".")}`,
    title: report.message,
    status: report.status,
    detail: report.next,
    reference,
    ...extensions,
  };
  const headers = { ...report.headers, "Content-Type": "application/problem+json; charset=utf-8" };
  return new Response(JSON.stringify(body), { status: report.status, headers });
}

function answer(result: unknown): Response {
  return result instanceof Response ? result : json(result ?? {});
}

/** A GET of the API. A query or path that does not parse is a 400 or 404 problem. */
export function api<
  const A extends Authorization,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S>,
  run: (context: Context<A, z.output<P>, z.output<S>>) => unknown,
): (args: LoaderFunctionArgs) => Promise<Response> {
  return async (args) => {
    const { muster } = args.context;
    const locale = await localeOf(args.request);
    try {
      const entry = await enter(args.request, muster, options.authorization, false);
      const prepared = await prepare(args, options, entry, locale);
      const context = { ...prepared, scoped: scopeFor(entry, muster) };
      return answer(await run(context as unknown as Context<A, z.output<P>, z.output<S>>));
    } catch (error) {
      return problem(error, locale, muster.reference);
    }
  };
}

/** One method of a writing resource. Its authorisation is asked in addition to the route's. */
export interface Method<C, B> {
  authorization?: Authorization;
  body?: z.ZodType<B>;
  run: (context: C & { body: B }) => unknown;
}

type Verb = "POST" | "PUT" | "PATCH" | "DELETE";

/** The writing methods of a resource; another method is 405 with Allow. */
export function apiWrite<
  const A extends Authorization,
  B extends Partial<Record<Verb, unknown>>,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S> & {
    methods: { [K in keyof B]: Method<Context<A, z.output<P>, z.output<S>, WriteScope>, B[K]> };
  },
): (args: ActionFunctionArgs) => Promise<Response> {
  const methods = options.methods as Record<string, Method<never, unknown>>;
  const action = async (args: ActionFunctionArgs) => {
    const { muster } = args.context;
    const locale = await localeOf(args.request);
    try {
      const method = Object.hasOwn(methods, args.request.method) ? methods[args.request.method] : undefined;
      if (!method) {
        throw new Refusal(405, "methodNotAllowed", {
          headers: { Allow: ["GET", ...Object.keys(methods)].join(", ") },
        });
      }
      const entry = await enter(args.request, muster, options.authorization, false);
      if (method.authorization) admitRole(entry.permissions, method.authorization);
      const prepared = await prepare(args, options, entry, locale);
      const sent = await readJson(args.request);
      const body = method.body ? method.body.safeParse(sent) : { success: true as const, data: sent };
      if (!body.success) {
        const issues = body.error.issues.map(({ path, code }) => ({
          pointer: `/${path.map(String).join("/")}`,
          code,
        }));
        throw badRequest("api:errors.body", { extensions: { issues } });
      }
      return answer(
        await method.run({ ...prepared, scoped: scopeFor(entry, muster), body: body.data } as never),
      );
    } catch (error) {
      return problem(error, locale, muster.reference);
    }
  };
  // The matrix of roles and routes (app/test/matrix) must name each of them.
  return Object.assign(action, { parts: Object.keys(methods) });
}
