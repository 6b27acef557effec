import { Pool } from "@muster/db/client";
import { migrationsCurrent } from "@muster/db/migrate";
import { authUrlFrom } from "@muster/db/roles";
import type { AuthTx, Caller, ScopedTx } from "@muster/db/scope";
import * as scope from "@muster/db/scope";
import { forbidden } from "./errors.server";

/** A transaction that reaches the actor's scope only. Query functions take it first. */
export type Tx = ScopedTx;

/** Who asks, from where, and under which reference: the scope and the audit trail need it. */
export type ScopeContext = Caller;

interface Pools {
  app: Pool;
  auth: Pool;
}

// One pair of pools per process, also when the development server reloads this module.
const kept = globalThis as { musterPools?: Pools };

/** The pools of this process, opened at first use: the app's (scoped) and the login role's. */
export function pools(): Pools {
  kept.musterPools ??= open();
  return kept.musterPools;
}

function open(): Pools {
  const appUrl = process.env.DATABASE_URL;
  if (!appUrl) throw new Error("DATABASE_URL is not set");
  const size = Number(process.env.DATABASE_POOL ?? 16);
  return {
    app: new Pool({ url: appUrl, size, name: "muster" }),
    auth: new Pool({
      url: authUrlFrom(appUrl, process.env.AUTH_DATABASE_URL),
      size: Math.max(2, Math.ceil(size / 4)),
      name: "muster-auth",
    }),
  };
}

/** Runs `fn` in one transaction that reaches only the actor's scope. An operator has none and is refused. */
export async function withScope<T>(
  context: ScopeContext,
  options: { readOnly: boolean },
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (context.actor.role === "operator") throw forbidden("noMembership");
  return scope.withScope(pools().app, context, options, fn);
}

/** Runs `fn` in one transaction of the login role: accounts, sessions, memberships of every city. */
export function withAuth<T>(now: Date, fn: (tx: AuthTx) => Promise<T>): Promise<T> {
  return scope.withAuth(pools().auth, now, fn);
}

/** True when the database answers and its migrations are current. */
export async function readiness(): Promise<{ ready: boolean; detail: string }> {
  try {
    const current = await pools().app.statement(({ sql }) => migrationsCurrent(sql));
    return current
      ? { ready: true, detail: "ready" }
      : { ready: false, detail: "migrations are not current" };
  } catch {
    return { ready: false, detail: "the database does not answer" };
  }
}

/** Lets running transactions end and closes every connection. */
export async function closePools(): Promise<void> {
  const open = kept.musterPools;
  kept.musterPools = undefined;
  if (open) await Promise.all([open.app.end(), open.auth.end()]);
}
