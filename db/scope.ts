import type { Actor, Scope } from "@muster/domain/actor";
import { v7 as uuidv7 } from "uuid";
import type { Connection, Pool } from "./client";

/** Who acts in a request, and what the audit log says of it. */
export interface Caller {
  actor: Actor;
  ip: string;
  /** The request's reference, as shown to the person in an error. */
  reference: string;
  /** The instant of the request: queries have no clock of their own. */
  now: Date;
}

/** A transaction that reaches the rows of one scope and no others. */
export interface ScopedTx extends Connection {
  readonly scope: Scope;
  readonly caller: Caller;
}

/** A transaction without a scope: only reads what a city publishes to everyone, which is nothing. */
export interface AuthTx extends Connection {
  readonly now: Date;
}

const PATH = /^\/(\d+\/)*$/;

/**
 * The only way to tenant data. Opens a transaction whose first statements set the scope of the caller's active
 * membership (never of the request), runs `fn`, commits. Loaders pass `readOnly`.
 * Throws RangeError on a scope that is none, Overloaded and TransactionLost as Pool.transaction does.
 */
export function withScope<T>(
  pool: Pool,
  caller: Caller,
  options: { readOnly: boolean },
  fn: (tx: ScopedTx) => Promise<T>,
): Promise<T> {
  const { cityId, path } = caller.actor;
  return pool.transaction(openingFor({ cityId, path }, options.readOnly), (connection) =>
    fn({
      sql: connection.sql,
      atCommit: connection.atCommit,
      get orm() {
        return connection.orm;
      },
      scope: { cityId, path },
      caller,
    }),
  );
}

/** Statements that open a transaction in a scope; both values are checked here because they are not parameters. */
function openingFor({ cityId, path }: Scope, readOnly: boolean): string {
  if (!Number.isSafeInteger(cityId) || cityId <= 0 || !PATH.test(path)) {
    throw new RangeError(`not a scope: ${cityId} ${path}`);
  }
  return `begin${readOnly ? " read only" : ""}; select set_scope(${cityId}, '${path}')`;
}

/** A transaction of the login role (muster_auth), which reads accounts and memberships of every city. */
export function withAuth<T>(pool: Pool, now: Date, fn: (tx: AuthTx) => Promise<T>): Promise<T> {
  return pool.transaction("begin", (connection) =>
    fn({
      sql: connection.sql,
      atCommit: connection.atCommit,
      get orm() {
        return connection.orm;
      },
      now,
    }),
  );
}

/** The service itself at work in a whole city: opening months, seeding, imports from the command line. */
export function systemCaller(cityId: number, now: Date, reference = "system"): Caller {
  return {
    actor: {
      userId: "00000000-0000-0000-0000-000000000000",
      username: "system",
      name: "系统",
      membershipId: "00000000-0000-0000-0000-000000000000",
      role: "city_admin",
      cityId,
      path: "/",
      stationId: 0,
      stationName: "",
      level: "city",
      kind: "station",
    },
    ip: "",
    reference,
    now,
  };
}

/** A new identifier: UUIDv7, so that rows lie in the order of time. */
export function newId(): string {
  return uuidv7();
}
