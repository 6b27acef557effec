import type { Actor } from "@muster/domain/actor";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { translate } from "~/i18n/i18n.server";
import type { Locale, Translate } from "~/i18n/locales";
import type { Permissions } from "./authorization.server";
import { type ScopeContext, type Tx, withScope } from "./database.server";
import { badRequest, notFound } from "./errors.server";
import type { Authorization, Entry } from "./gate.server";
import type { Session } from "./session.server";

/** A read-only transaction in the actor's scope. */
export type ReadScope = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>;
/** Also a writing one. */
export type WriteScope = ReadScope & { write: ReadScope };

interface Base<P, S> {
  request: Request;
  url: URL;
  params: P;
  search: S;
  /** Translates; keys of other namespaces as `figures:title`. */
  t: Translate;
  locale: Locale;
  /** The only clock. */
  now: Date;
  /** Stands in the log, in X-Request-Id and on error pages. */
  reference: string;
  ip: string;
}

/** What a route open to everyone gets: perhaps nobody is signed in, and there is no scope to read in. */
export interface PublicContext<P, S> extends Base<P, S> {
  session: Session | null;
  actor: Actor | null;
}

export interface MemberContext<P, S, Scoped = ReadScope> extends Base<P, S>, Permissions {
  session: Session;
  actor: Actor;
  scoped: Scoped;
}

export type Context<A extends Authorization, P, S, Scoped = ReadScope> = A extends "public"
  ? PublicContext<P, S>
  : MemberContext<P, S, Scoped>;

type Raw = Readonly<Record<string, string | undefined>>;
// Without a schema, params stay as the router gives them and the search is empty.
export type NoParams = z.ZodType<Raw>;
export type NoSearch = z.ZodType<Record<never, never>>;

/** What every route says of itself. */
export interface RouteOptions<A extends Authorization, P extends z.ZodType, S extends z.ZodType> {
  authorization: A;
  params?: P;
  search?: S;
}

function searchObject(url: URL): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    found[name] = values.length > 1 ? values : (values[0] ?? "");
  }
  return found;
}

/** Parses the address and gathers what every route gets. */
export async function prepare(
  args: LoaderFunctionArgs | ActionFunctionArgs,
  options: RouteOptions<Authorization, z.ZodType, z.ZodType>,
  entry: Entry,
  locale: Locale,
) {
  const { muster } = args.context;
  const url = new URL(args.request.url);
  const params = options.params
    ? options.params.safeParse(args.params)
    : { success: true as const, data: args.params };
  if (!params.success) throw notFound();
  const search = options.search
    ? options.search.safeParse(searchObject(url))
    : { success: true as const, data: {} };
  if (!search.success) throw badRequest();
  const { reference, ip, now } = muster;
  const { session, actor, permissions } = entry;
  return {
    request: args.request,
    url,
    params: params.data,
    search: search.data,
    t: translate(locale),
    locale,
    now,
    reference,
    ip,
    session,
    actor,
    ...permissions,
  };
}

/** The transactions an actor may open; none for someone without a station. */
export function scopeFor(entry: Entry, context: Omit<ScopeContext, "actor">): WriteScope | undefined {
  const { actor } = entry;
  if (!actor) return undefined;
  const scope = { ...context, actor };
  const reading: ReadScope = (fn) => withScope(scope, { readOnly: true }, fn);
  return Object.assign(reading, { write: ((fn) => withScope(scope, { readOnly: false }, fn)) as ReadScope });
}
