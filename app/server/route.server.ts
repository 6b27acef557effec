/**
 * The route builder. Every loader and action of the application is made here, so that nothing can forget to
 * authorise, to scope, to parse or to answer an error in the reader's language.
 *
 * A page:
 *
 *     export const loader = read(
 *       { authorization: { action: "read", subject: "MonthlyReport" }, params: z.object({ period: Period }) },
 *       async ({ params, scoped, actor }) => scoped((tx) => reportsOf(tx, actor.cityId, params.period)),
 *     );
 *
 * A form (one intent), and a page with several (the button carries `name="intent" value="submit"`):
 *
 *     export const action = write(
 *       { authorization: { action: "update", subject: "Station" }, form: z.object({ name: z.string().min(1).max(60) }) },
 *       async ({ form, scoped, done }) => {
 *         await scoped.write((tx) => renameStation(tx, form.name));
 *         return done("/stations", "stations:renamed");
 *       },
 *     );
 *     export const action = write({
 *       authorization: { action: "read", subject: "MonthlyReport" },
 *       params: z.object({ period: Period }),
 *       intents: {
 *         submit: { authorization: { action: "submit", subject: "MonthlyReport" }, form: Submit, run: async (ctx) => ... },
 *         nil: { form: Nil, run: async (ctx) => ... },
 *       },
 *     });
 *
 * What holds for all of them:
 * - `authorization` is data. Anonymous visits go to /login and come back; a role without the ability gets 403; the
 *   rows are the database's matter, and a row out of scope must be answered with `throw notFound()`.
 * - The route's authorisation asks whether the role may do this to anything at all. Where the rules speak of an
 *   instance (a report of one's own station, one's own token), read the row and then ask `demand("submit",
 *   "MonthlyReport", { stationId, reviewerId })`, which throws 403; `may(...)` answers instead of throwing, for display.
 * - `params` that do not parse are 404, `search` that does not parse is 400: give filters `.catch(default)`.
 * - `scoped(fn)` is a read-only transaction, `scoped.write(fn)` (actions and `download`) a writing one; both reach only the
 *   actor's scope. Do no network, hashing or file work inside.
 * - Throw `notFound()`, `conflict()`, `unprocessable()` (errors.server.ts) for what is expected. In a loader it becomes
 *   the error page inside the shell. In an action, 404 does too; any other refusal becomes the action's data, a
 *   `FormRefusal` with what was typed, and its status: render `<FormErrors refusal={...} />` and give the fields
 *   `defaultValue`/`error` with `fieldOf(refusal, name)` (app/ui/form.tsx). It works without JavaScript.
 * - A form's fields arrive as text: use `z.coerce`, `z.enum`, or z.preprocess; a field whose schema is `z.array(...)`
 *   takes several values; a field sent twice otherwise is refused. A zod message may be a key (`figures:errors.late`).
 * - ID numbers, telephones and bank accounts stand in fields of their own (private-numbers.server.ts) and in no other, and in no
 *   address: a page asked for with one in its query is asked for again without it.
 * - Nothing here is cached: every answer says no-store.
 */
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import type { z } from "zod";
import { localeOf } from "~/i18n/i18n.server";
import { badRequest, Refusal } from "./errors.server";
import { type FlashParams, flashCookie } from "./flash.server";
import { check, type FormValues, gather, readFields, valuesOf } from "./form.server";
import { type Authorization, admitRole, enter } from "./gate.server";
import {
  type Context,
  type NoParams,
  type NoSearch,
  prepare,
  type RouteOptions,
  scopeFor,
  type WriteScope,
} from "./prepare.server";
import { withoutPrivateNumbers } from "./private-numbers.server";
import { answerForm, type FormRefusal, throwPage } from "./refusal.server";
import { type ReceivedForm, receiveForm } from "./upload.server";

type Data<T> = Exclude<T, Response>;

export type { Authorization } from "./gate.server";
export type { Context, MemberContext, WriteScope } from "./prepare.server";
export type { FormRefusal } from "./refusal.server";

/** Finishes an action: go to a page of ours, with a message shown there once (key of a catalogue). */
export type Done = (to: string, message?: string, params?: FlashParams) => Response;

export type WriteContext<A extends Authorization, P, S, F> = Context<A, P, S, WriteScope> & {
  form: F;
  intent: string;
  done: Done;
};

/** Makes a loader. */
export function read<
  const A extends Authorization,
  T,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S>,
  run: (context: Context<A, z.output<P>, z.output<S>>) => Promise<T> | T,
): (args: LoaderFunctionArgs) => Promise<Data<T>> {
  return async (args) => {
    const { muster } = args.context;
    const locale = await localeOf(args.request);
    try {
      const clean = withoutPrivateNumbers(new URL(args.request.url));
      if (clean) throw redirect(clean);
      const entry = await enter(args.request, muster, options.authorization, true);
      const prepared = await prepare(args, options, entry, locale);
      const scoped = scopeFor(entry, muster);
      // The gate has just established what the type says: a member has session, actor and ability.
      return (await run({ ...prepared, scoped } as unknown as Context<
        A,
        z.output<P>,
        z.output<S>
      >)) as Data<T>;
    } catch (error) {
      return throwPage(error, locale, muster);
    }
  };
}

/** Makes a loader that hands out a file. Who takes a list out of the service is written down, hence its writing scope. */
export function download<
  const A extends Authorization,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S>,
  run: (context: Context<A, z.output<P>, z.output<S>, WriteScope>) => Promise<Response>,
): (args: LoaderFunctionArgs) => Promise<Response> {
  // The scope that a loader gets can write; its type hides that from everybody else.
  return read(options, run as never) as (args: LoaderFunctionArgs) => Promise<Response>;
}

/** One of several forms of a page. Its authorisation is asked in addition to the route's. */
export interface Intent<C, F> {
  authorization?: Authorization;
  form: z.ZodType<F>;
  run: (context: C) => unknown;
}

type ResultOf<R> = { [K in keyof R]: Data<Awaited<R[K]>> }[keyof R];

interface Work {
  authorization?: Authorization;
  form: z.ZodType;
  run: (context: never) => unknown;
}

async function perform(
  args: ActionFunctionArgs,
  options: RouteOptions<Authorization, z.ZodType, z.ZodType> & Receives,
  intents: Record<string, Work>,
): Promise<unknown> {
  const { muster } = args.context;
  const locale = await localeOf(args.request);
  let values: FormValues = {};
  let name: string | null = null;
  let received: ReceivedForm | null = null;
  const admitted = () =>
    enter(args.request, muster, options.authorization, !muster.fromScript && !muster.wantsJson);
  try {
    if (args.request.method !== "POST")
      throw new Refusal(405, "methodNotAllowed", { headers: { Allow: "GET, POST" } });
    // A file is received from someone who may send it and from nobody else; a form's text is kept for all.
    const early = options.receives ? await admitted() : null;
    received = options.receives ? await receiveForm(args.request) : null;
    const fields = received?.fields ?? (await readFields(args.request));
    values = valuesOf(fields);
    const entry = early ?? (await admitted());
    const prepared = await prepare(args, options, entry, locale);
    const names = Object.keys(intents);
    const asked = fields.find(([field]) => field === "intent")?.[1];
    name = names.length === 1 ? (names[0] ?? "") : typeof asked === "string" ? asked : "";
    const work = Object.hasOwn(intents, name) ? intents[name] : undefined;
    if (!work) throw badRequest("form.unknownIntent");
    if (work.authorization) admitRole(entry.permissions, work.authorization);
    const checked = check(gather(fields, work.form), work.form);
    if (!checked.ok)
      return answerForm({ messages: checked.messages }, { locale, values, intent: name, muster });
    const done: Done = (to, message, params) =>
      redirect(to, message ? { headers: { "Set-Cookie": flashCookie(message, params) } } : undefined);
    const context = {
      ...prepared,
      scoped: scopeFor(entry, muster),
      form: checked.content,
      intent: name,
      done,
    };
    return await work.run(context as never);
  } catch (error) {
    return answerForm({ error }, { locale, values, intent: name, muster });
  } finally {
    await received?.discard();
  }
}

/** A form with a file, which `form` finds as a ReceivedFile. Its address must be named in admission.server.ts. */
interface Receives {
  receives?: true;
}

/** Makes an action with one form. */
export function write<
  const A extends Authorization,
  F extends z.ZodType,
  T,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S> & { form: F } & Receives,
  run: (context: WriteContext<A, z.output<P>, z.output<S>, z.output<F>>) => Promise<T> | T,
): (args: ActionFunctionArgs) => Promise<Data<T> | FormRefusal>;
/** Makes an action with several forms, told apart by the field `intent`. */
export function write<
  const A extends Authorization,
  F extends Record<string, unknown>,
  R extends Record<keyof F, unknown>,
  P extends z.ZodType = NoParams,
  S extends z.ZodType = NoSearch,
>(
  options: RouteOptions<A, P, S> & {
    intents: { [K in keyof F]: Intent<WriteContext<A, z.output<P>, z.output<S>, F[K]>, F[K]> } & {
      [K in keyof R]: { run: (...context: never[]) => R[K] };
    };
  },
): (args: ActionFunctionArgs) => Promise<ResultOf<R> | FormRefusal>;
export function write(
  options: RouteOptions<Authorization, z.ZodType, z.ZodType> &
    Receives & {
      form?: z.ZodType;
      intents?: Record<string, Work>;
    },
  run?: Work["run"],
): (args: ActionFunctionArgs) => Promise<never> {
  const intents = options.form && run ? { "": { form: options.form, run } } : (options.intents ?? {});
  const action = async (args: ActionFunctionArgs) => (await perform(args, options, intents)) as never;
  // The matrix of roles and routes (app/test/matrix) must name each of them.
  return Object.assign(action, { parts: Object.keys(intents) });
}
