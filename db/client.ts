import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { ARRAY_TYPES } from "./arrays";

/**
 * Connections for transactions.
 *
 * Every transaction owns a whole client of one connection until it ends. `postgres` 3.4.9 shares one client's
 * connections between transactions, and when a backend dies inside `begin()` the callback's next query, and the
 * library's own rollback, can land inside somebody else's transaction (porsager/postgres issue 1215): a village
 * read and wrote another village's rows. With a client per transaction there is nobody else to land on, and the
 * guard refuses every call after the connection is lost or the transaction is over. See docs/decisions/0003.
 */

/** The pool's queue is full, or nothing came free in time: the caller answers 503 with Retry-After. */
export class Overloaded extends Error {
  override name = "Overloaded";
}

/** The connection broke while the transaction ran: nothing of it is committed unless it broke at commit. */
export class TransactionLost extends Error {
  override name = "TransactionLost";
}

export type Sql = postgres.Sql<{ bigint: number }>;
export type Orm = PostgresJsDatabase<Record<string, never>>;

/** What a callback gets: the guarded client, and drizzle on it. Both die with the transaction. */
export interface Connection {
  sql: Sql;
  orm: Orm;
  /**
   * A statement to be sent together with the COMMIT, in the order given. For a row that everybody wants: its lock
   * is then held for no round trip to us. When it fails the transaction is rolled back and its error thrown.
   */
  atCommit(statement: Deferred): void;
}

/** Makes a query without running it; built by a tagged template of the transaction's own `sql`. */
export type Deferred = () => postgres.PendingQuery<postgres.Row[]>;

export interface PoolOptions {
  url: string;
  /** Connections; 16 by default. */
  size?: number;
  /** Callers that may wait for one; 256 by default. More are refused at once. */
  queue?: number;
  /** Milliseconds a caller waits at most; 5,000 by default. */
  patience?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Milliseconds; 10,000 by default, 0 for none. */
  statementTimeout?: number;
}

interface Slot {
  client: Sql;
  /** The transaction that owns it now. */
  owner: Ownership | null;
}

interface Ownership {
  /** Why no more calls are taken; null while all is well. */
  over: Error | null;
  lose: (error: Error) => void;
}

/** Numbers come as numbers: counts and fen stay far below 2^53 (MAX_FIGURE). */
const types = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  ...ARRAY_TYPES,
};

/** Calls that would leave the transaction's own connection, or end it behind the guard's back. */
const FORBIDDEN = new Set(["begin", "savepoint", "reserve", "end", "close", "listen", "subscribe", "notify"]);

export class Pool {
  readonly size: number;
  private readonly queue: number;
  private readonly patience: number;
  private readonly free: Slot[] = [];
  private readonly busy = new Set<Slot>();
  private readonly waiting: {
    take: (slot: Slot) => void;
    refuse: (e: Error) => void;
    timer: NodeJS.Timeout;
  }[] = [];
  private ending = false;

  constructor(private readonly options: PoolOptions) {
    this.size = options.size ?? 16;
    this.queue = options.queue ?? 256;
    this.patience = options.patience ?? 5_000;
  }

  /** How the pool stands, for /metrics. */
  get load(): { busy: number; free: number; waiting: number } {
    return { busy: this.busy.size, free: this.size - this.busy.size, waiting: this.waiting.length };
  }

  /**
   * Runs `fn` in a transaction that starts with `opening` (one or more statements, sent together with fn's first:
   * when the opening fails, what follows fails in the aborted transaction). Commits when it resolves, rolls back
   * when it throws. Throws Overloaded, TransactionLost, the opening's error, or fn's.
   */
  async transaction<T>(opening: string, fn: (connection: Connection) => Promise<T>): Promise<T> {
    return this.own(async (client, ownership) => {
      const opened = client.unsafe(opening).simple().execute();
      opened.catch(() => {});
      let result: T;
      const last: Deferred[] = [];
      try {
        result = await fn(connectionOf(client, ownership, last));
        await opened;
      } catch (error) {
        if (ownership.over) throw ownership.over;
        const [opening] = await Promise.allSettled([opened]);
        await client.unsafe("rollback").simple();
        throw ownership.over ?? (opening.status === "rejected" ? opening.reason : error);
      }
      if (ownership.over) throw ownership.over;
      // All of it is on its way before the first answer: see atCommit.
      const sent = last.map((statement) => statement().execute());
      const commit = client.unsafe("commit").simple().execute();
      const failed = (await Promise.allSettled(sent)).find((answer) => answer.status === "rejected");
      const ended = await commit;
      if (failed) throw failed.reason;
      // A statement that failed without being awaited leaves an aborted transaction, whose COMMIT rolls back.
      if (ended.command === "ROLLBACK") throw new Error("the transaction was aborted by a failed statement");
      return result;
    });
  }

  /** Runs one statement, which is its own transaction. */
  async statement<T>(fn: (connection: Connection) => Promise<T>): Promise<T> {
    return this.own((client, ownership) => fn(connectionOf(client, ownership, [])));
  }

  /** Waits for running transactions and closes every connection. */
  async end(): Promise<void> {
    this.ending = true;
    for (const w of this.waiting.splice(0)) {
      clearTimeout(w.timer);
      w.refuse(new Overloaded("the service is stopping"));
    }
    await Promise.all([...this.free.splice(0), ...this.busy].map((slot) => slot.client.end({ timeout: 10 })));
  }

  private async own<T>(fn: (client: Sql, ownership: Ownership) => Promise<T>): Promise<T> {
    const slot = await this.acquire();
    let lose: (error: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    lost.catch(() => {});
    const ownership: Ownership = {
      over: null,
      lose: (error) => {
        ownership.over ??= error;
        lose(error);
      },
    };
    slot.owner = ownership;
    try {
      // The callback of a lost transaction may hang for ever: its caller does not.
      return await Promise.race([fn(slot.client, ownership), lost]);
    } catch (error) {
      if (isConnectionError(error))
        ownership.lose(new TransactionLost("the database connection was lost", { cause: error }));
      throw ownership.over ?? error;
    } finally {
      const broken = ownership.over !== null;
      ownership.over ??= new TransactionLost("the transaction is over");
      this.release(slot, broken);
    }
  }

  private acquire(): Promise<Slot> {
    if (this.ending) return Promise.reject(new Overloaded("the service is stopping"));
    const slot = this.free.pop();
    if (slot) {
      this.busy.add(slot);
      return Promise.resolve(slot);
    }
    if (this.busy.size < this.size) {
      const fresh = this.open();
      this.busy.add(fresh);
      return Promise.resolve(fresh);
    }
    if (this.waiting.length >= this.queue)
      return Promise.reject(new Overloaded("too many requests are waiting"));
    return new Promise((take, refuse) => {
      const entry = {
        take,
        refuse,
        timer: setTimeout(() => {
          this.waiting.splice(this.waiting.indexOf(entry), 1);
          refuse(new Overloaded("no database connection came free in time"));
        }, this.patience),
      };
      this.waiting.push(entry);
    });
  }

  private release(slot: Slot, broken: boolean): void {
    slot.owner = null;
    this.busy.delete(slot);
    if (broken || this.ending) void slot.client.end({ timeout: 0 }).catch(() => {});
    const next = this.waiting.shift();
    if (next) {
      clearTimeout(next.timer);
      const given = broken ? this.open() : slot;
      this.busy.add(given);
      next.take(given);
    } else if (!broken && !this.ending) {
      this.free.push(slot);
    }
  }

  private open(): Slot {
    const { url, name = "muster", statementTimeout = 10_000 } = this.options;
    const slot: Slot = { client: undefined as never, owner: null };
    const client: Sql = postgres(url, {
      max: 1,
      types,
      // See arrays.ts: the library's own question after them cannot be caught when the backend dies.
      fetch_types: false,
      onnotice: () => {},
      connect_timeout: 10,
      connection: {
        application_name: name,
        statement_timeout: statementTimeout,
        lock_timeout: 3_000,
        idle_in_transaction_session_timeout: 30_000,
        TimeZone: "Asia/Shanghai",
        // Many ask at once, and all cores are taken by their own questions: helpers would only wait for one.
        max_parallel_workers_per_gather: "0" as unknown as number,
        jit: "off" as unknown as boolean,
      },
      onclose: () => slot.owner?.lose(new TransactionLost("the database connection was lost")),
    });
    // drizzle sets its parsers (dates as text) on the client once, so that raw statements read the same.
    drizzle(client as never);
    slot.client = client;
    return slot;
  }
}

function connectionOf(client: Sql, ownership: Ownership, last: Deferred[]): Connection {
  const sql = guard(client, ownership);
  let orm: Orm | undefined;
  return {
    sql,
    atCommit: (statement) => {
      last.push(statement);
    },
    get orm() {
      orm ??= drizzle(sql as never) as Orm;
      return orm;
    },
  };
}

/** The client as one transaction sees it: dead once the transaction is. */
function guard(client: Sql, ownership: Ownership): Sql {
  const check = () => {
    if (ownership.over) throw ownership.over;
  };
  return new Proxy(client, {
    apply(target, self, args) {
      check();
      return Reflect.apply(target, self, args);
    },
    get(target, key) {
      if (typeof key === "string" && FORBIDDEN.has(key)) {
        return () => {
          throw new Error(`sql.${key} is not for transactions: see db/client.ts`);
        };
      }
      if (key !== "unsafe") return Reflect.get(target, key);
      return (...args: Parameters<Sql["unsafe"]>) => {
        check();
        return target.unsafe(...args);
      };
    },
  });
}

function isConnectionError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return false;
  return (
    code.startsWith("CONNECTION_") ||
    code === "CONNECT_TIMEOUT" ||
    code.startsWith("ECONN") ||
    code === "EPIPE" ||
    code.startsWith("57P")
  );
}
