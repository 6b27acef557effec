import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Overloaded, Pool, TransactionLost } from "./client";
import { type TestDatabase, testDatabase } from "./testing/database";

let database: TestDatabase;
let pool: Pool;
let admin: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 2, queue: 2, patience: 300 });
  admin = new Pool({ url: database.superUrl, size: 1 });
  await admin.statement(({ sql }) => sql`create table tally (n int not null check (n < 100))`);
  await admin.statement(({ sql }) => sql`grant all on tally to muster_app`);
});

afterAll(async () => {
  await Promise.all([pool.end(), admin.end()]);
  await database.drop();
});

async function tally(): Promise<number[]> {
  return admin.statement(async ({ sql }) => {
    const rows = await sql<{ n: number }[]>`select n from tally order by n`;
    return rows.map((row) => row.n);
  });
}

async function empty(): Promise<void> {
  await admin.statement(({ sql }) => sql`delete from tally`);
}

/** A promise and its handle. */
function gate(): { open: () => void; wait: Promise<void> } {
  let open: () => void = () => {};
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, wait };
}

describe("a transaction", () => {
  it("commits what its callback did and what it sends at commit, in that order", async () => {
    await empty();
    const answer = await pool.transaction("begin", async ({ sql, atCommit }) => {
      atCommit(() => sql`insert into tally select max(n) + 1 from tally`);
      await sql`insert into tally values (1)`;
      return "done";
    });
    expect(answer).toBe("done");
    expect(await tally()).toEqual([1, 2]);
  });

  it("rolls back everything when its callback throws", async () => {
    await empty();
    const failing = pool.transaction("begin", async ({ sql }) => {
      await sql`insert into tally values (1)`;
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await tally()).toEqual([]);
  });

  it("does nothing and says why when its opening fails, and leaves a connection that works", async () => {
    await empty();
    for (const opening of ["begin; select 1 / 0", "begin; select nothing_of_the_kind()"]) {
      const failing = pool.transaction(opening, async ({ sql }) => {
        await sql`insert into tally values (1)`;
      });
      await expect(failing).rejects.toThrow(/division by zero|nothing_of_the_kind/);
      const unheard = pool.transaction(opening, async () => "no statement of its own");
      await expect(unheard).rejects.toThrow(/division by zero|nothing_of_the_kind/);
    }
    expect(await tally()).toEqual([]);
    await pool.transaction("begin", ({ sql }) => sql`insert into tally values (1)`);
    expect(await tally()).toEqual([1]);
  });

  it("rolls back everything when a statement sent with the commit fails, and says why", async () => {
    await empty();
    const failing = pool.transaction("begin", async ({ sql, atCommit }) => {
      await sql`insert into tally values (1)`;
      atCommit(() => sql`insert into tally values (100)`);
    });
    await expect(failing).rejects.toThrow(/check constraint/);
    expect(await tally()).toEqual([]);
  });

  it("does not report success when a statement failed that nobody waited for", async () => {
    await empty();
    const failing = pool.transaction("begin", async ({ sql }) => {
      sql`insert into tally values (100)`.catch(() => {});
      await sql`select 1`.catch(() => {});
    });
    await expect(failing).rejects.toThrow(/aborted/);
    expect(await tally()).toEqual([]);
  });

  it("refuses every call once it is over, also when its connection serves another already", async () => {
    await empty();
    let leaked: unknown;
    await pool.transaction("begin", async ({ sql }) => {
      leaked = sql;
    });
    const stale = leaked as Parameters<Parameters<Pool["transaction"]>[1]>[0]["sql"];
    await pool.transaction("begin", async ({ sql }) => {
      expect(() => stale`insert into tally values (1)`).toThrow(TransactionLost);
      expect(() => stale.unsafe("insert into tally values (1)")).toThrow(TransactionLost);
      await sql`insert into tally values (2)`;
    });
    expect(await tally()).toEqual([2]);
  });

  it("keeps callers from leaving its connection", async () => {
    await pool.transaction("begin", async ({ sql }) => {
      expect(() => sql.begin(async () => {})).toThrow(/not for transactions/);
      expect(() => sql.reserve()).toThrow(/not for transactions/);
    });
  });
});

describe("a lost connection", () => {
  it("ends the transaction, refuses its later calls and drops its result", async () => {
    await empty();
    const killed = gate();
    const after: unknown[] = [];
    const lost = pool.transaction("begin", async ({ sql }) => {
      const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await sql`insert into tally values (1)`;
      await admin.statement((a) => a.sql`select pg_terminate_backend(${row?.pid ?? 0})`);
      await killed.wait;
      try {
        await sql`insert into tally values (2)`;
      } catch (error) {
        after.push(error);
      }
      return "never seen";
    });
    await expect(lost).rejects.toBeInstanceOf(TransactionLost);
    killed.open();
    await pool.transaction("begin", async ({ sql }) => void (await sql`insert into tally values (3)`));
    expect(after).toHaveLength(1);
    expect(after[0]).toBeInstanceOf(TransactionLost);
    expect(await tally()).toEqual([3]);
  });
});

describe("a pool with more callers than connections", () => {
  it("lets a bounded number wait, and refuses the rest at once", async () => {
    const hold = gate();
    const busy = [1, 2].map(() => pool.transaction("begin", () => hold.wait));
    const waiting = [1, 2].map(() => pool.transaction("begin", async () => "served"));
    await expect(pool.transaction("begin", async () => "too many")).rejects.toBeInstanceOf(Overloaded);
    expect(pool.load).toEqual({ busy: 2, free: 0, waiting: 2 });
    hold.open();
    await Promise.all(busy);
    expect(await Promise.all(waiting)).toEqual(["served", "served"]);
  });

  it("gives up on a caller whose patience ran out", async () => {
    const hold = gate();
    const busy = [1, 2].map(() => pool.transaction("begin", () => hold.wait));
    await expect(pool.transaction("begin", async () => "late")).rejects.toBeInstanceOf(Overloaded);
    hold.open();
    await Promise.all(busy);
  });
});
