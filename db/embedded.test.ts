import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  destroyEmbedded,
  EmbeddedInUseError,
  type EmbeddedOptions,
  type EmbeddedServer,
  runningEmbedded,
  startEmbedded,
} from "./embedded";
import { THROWAWAY_SETTINGS } from "./testing/database";

// Whole servers are started here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const asRoot = process.getuid?.() === 0;

let home: string;
const started: EmbeddedServer[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "muster embedded 试-"));
  chmodSync(home, 0o755);
});

afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  for (const server of started.splice(0)) await server.stop();
  await (await runningEmbedded(join(home, "pg")))?.stop();
  rmSync(home, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir: join(home, "pg"), settings: THROWAWAY_SETTINGS, ...options });
  started.push(server);
  return server;
}

/** Starts the server in a process of its own that holds it, and returns that process. */
async function startElsewhere(): Promise<ChildProcess> {
  const module = fileURLToPath(new URL("./embedded.ts", import.meta.url));
  const script = `import { startEmbedded } from ${JSON.stringify(module)};
    const { pid } = await startEmbedded(${JSON.stringify({ dataDir: join(home, "pg"), settings: THROWAWAY_SETTINGS })});
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const file = join(home, "holder.mts");
  writeFileSync(file, script);
  const child = spawn(process.execPath, ["--import", createRequire(import.meta.url).resolve("tsx"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function ask<T>(url: string, question: string): Promise<T> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql.unsafe(question);
    return row as T;
  } finally {
    await sql.end();
  }
}

describe("a cluster of its own", () => {
  it("has the three roles, none of which gets past row-level security", async () => {
    const server = await start();
    for (const [url, role] of [
      [server.ownerUrl, "muster_owner"],
      [server.appUrl, "muster_app"],
      [server.authUrl, "muster_auth"],
    ] as const) {
      expect(
        await ask(
          url,
          "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user",
        ),
      ).toEqual({ rolname: role, rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    }
    expect(
      await ask(
        server.ownerUrl,
        "select pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding, current_setting('timezone') as zone from pg_database where datname = current_database()",
      ),
    ).toEqual({ owner: "muster_owner", encoding: "UTF8", zone: "Asia/Shanghai" });
  });

  it("answers on the loopback address alone and to the right password alone", async () => {
    const server = await start();
    expect(await ask(server.superUrl, "select current_setting('listen_addresses') as on")).toEqual({
      on: "127.0.0.1",
    });
    const wrong = new URL(server.appUrl);
    wrong.password = "wrong";
    await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
    expect(statSync(join(server.dataDir, "credentials.json")).mode & 0o777).toBe(0o600);
  });

  it("keeps its rows and its port over a stop and a start", async () => {
    const first = await start();
    await ask(first.ownerUrl, "create table kept as select 7 as seven");
    await first.stop();
    expect(await runningEmbedded(join(home, "pg"))).toBeNull();
    const second = await start();
    expect(await ask(second.ownerUrl, "select seven from kept")).toEqual({ seven: 7 });
    expect(second.port).toBe(first.port);
    expect(second.tookOver).toBe(false);
  });
});

describe("after an accident", () => {
  it("takes over the server of a process that was killed", async () => {
    const holder = await startElsewhere();
    const orphan = await runningEmbedded(join(home, "pg"));
    await kill(holder);
    const server = await start();
    expect(server).toMatchObject({ tookOver: true, borrowed: false, pid: orphan?.pid });
    await server.stop();
    expect(await runningEmbedded(join(home, "pg"))).toBeNull();
  });

  it("starts although the server was killed and left its postmaster.pid", async () => {
    const first = await start();
    process.kill(first.pid, "SIGKILL");
    const second = await start();
    expect(second.tookOver).toBe(false);
    expect(await ask(second.appUrl, "select 1 as one")).toEqual({ one: 1 });
  });

  it("starts although a stranger now has the number in postmaster.pid", async () => {
    const first = await start();
    await first.stop();
    const lock = join(home, "pg/cluster/postmaster.pid");
    writeFileSync(
      lock,
      `${process.pid}\n${join(home, "pg/cluster")}\n1\n${first.port}\n\n127.0.0.1\n\nready\n`,
    );
    expect((await start()).pid).not.toBe(process.pid);
  });

  it("makes the cluster anew when it was killed half-way through initdb", async () => {
    const half = join(home, "pg/init-killed/cluster");
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, "PG_VERSION"), "18\n");
    const server = await start();
    expect(await ask(server.appUrl, "select 1 as one")).toEqual({ one: 1 });
    expect(existsSync(join(home, "pg/init-killed"))).toBe(false);
  });

  it("takes another port when its own is taken meanwhile", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    try {
      expect((await start()).port).not.toBe(first.port);
    } finally {
      squatter.close();
    }
  });
});

describe("two at once", () => {
  it("removes nothing that another process holds, and everything once it is gone", async () => {
    const holder = await startElsewhere();
    await expect(destroyEmbedded(join(home, "pg"))).rejects.toThrow(EmbeddedInUseError);
    expect(await runningEmbedded(join(home, "pg"))).not.toBeNull();
    await kill(holder);
    await destroyEmbedded(join(home, "pg"));
    expect(existsSync(join(home, "pg"))).toBe(false);
  });

  it("refuses the second in a sentence that names the first", async () => {
    const holder = await startElsewhere();
    const refused = start();
    await expect(refused).rejects.toThrow(EmbeddedInUseError);
    await expect(refused).rejects.toThrow(`in use by process ${holder.pid}`);
  });

  it("lends the server to one that borrows, whose stop does not stop it", async () => {
    await startElsewhere();
    const borrower = await start({ use: "borrow" });
    expect(borrower.borrowed).toBe(true);
    await borrower.stop();
    expect(await ask(borrower.appUrl, "select 1 as one")).toEqual({ one: 1 });
  });

  it("starts one server for many that share it", async () => {
    const servers = await Promise.all(
      [1, 2, 3].map(() => startEmbedded({ dataDir: join(home, "pg"), use: "share" })),
    );
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
  });
});

describe.runIf(asRoot)("as root", () => {
  it("runs the server as somebody else", async () => {
    const server = await start();
    expect(statSync(join(server.dataDir, "cluster")).uid).not.toBe(0);
    expect(readFileSync(`/proc/${server.pid}/status`, "utf8")).not.toMatch(/^Uid:\s+0/m);
  });

  it("goes elsewhere, and says so, when the folder is closed to the server's account", async () => {
    chmodSync(home, 0o700);
    const lines: string[] = [];
    const server = await start({ log: (line) => lines.push(line) });
    const name = createHash("sha256").update(join(home, "pg")).digest("hex").slice(0, 12);
    expect(server.dataDir).toBe(`/var/lib/muster-${name}`);
    expect(lines).toEqual([expect.stringContaining(server.dataDir)]);
    expect((await runningEmbedded(join(home, "pg")))?.pid).toBe(server.pid);
    await server.stop();
    rmSync(server.dataDir, { recursive: true });
  });

  it("opens the folders that it makes, also under a umask of 077", async () => {
    const before = process.umask(0o077);
    try {
      const dataDir = join(home, ".data/pg");
      expect((await start({ dataDir })).dataDir).toBe(dataDir);
    } finally {
      process.umask(before);
    }
  });

  it("leaves an ordinary user's cluster to that user", async () => {
    execFileSync("chown", ["65534:65534", home]);
    const server = await start();
    await server.stop();
    execFileSync("chown", ["-R", "65534:65534", join(home, "pg/cluster")]);
    const again = await start();
    expect(readFileSync(`/proc/${again.pid}/status`, "utf8")).toMatch(/^Uid:\s+65534/m);
  });
});
