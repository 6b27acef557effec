// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildIfChanged } from "./build.mjs";
import { DATA, OPENING, openDatabase, setUp, wantsDemo } from "./database.mjs";
import { installPackages } from "./install.mjs";
import { Lifetime } from "./lifetime.mjs";
import { checkNode, Failure, ROOT, report, Steps } from "./steps.mjs";

const READY_MS = 60_000;
/** A server that is still answering requests this long after SIGTERM is killed. */
const STOP_MS = 30_000;

const DEMO_ACCOUNTS = `演示账户 Demo accounts, 密码 password: muster-demo
  云岭市 Yunling   yunling.admin  yunling.overseer  yunling.auditor
  柳河镇 Liuhe     liuhe.head  liuhe.clerk  liuhe-01.head ... liuhe-64.head
  星河市 Xinghe    xinghe.admin  beigang.head  beigang-01.head ...`;

/**
 * Installs, builds, starts the database and the server, and stays until one of them ends or a signal comes.
 * @param {{ dev: boolean }} options `dev`: with hot reload, without a build
 */
export async function serve({ dev }) {
  const lifetime = new Lifetime();
  try {
    checkNode();
    const address = addressFromEnvironment();
    await checkPort(address);
    const { server, demo } = await bringUp(lifetime, address, dev);
    const { PUBLIC_ORIGIN } = process.env;
    const seenAs = PUBLIC_ORIGIN ? `${PUBLIC_ORIGIN}  (${address.url})` : address.url;
    console.log(
      `\nMuster 老兵之家  ${seenAs}\n${demo ? `\n${DEMO_ACCOUNTS}\n` : ""}\nCtrl-C 停止 stops everything`,
    );
    const [code, signal] = server.exitCode === null ? await once(server, "exit") : [server.exitCode, null];
    if (!lifetime.ending) console.error(`\n✗ 服务已退出 The server ended (${signal ?? code}).`);
    await lifetime.end(code ?? 1);
  } catch (error) {
    if (!lifetime.ending) report(error);
    await lifetime.end(1);
  }
}

/**
 * @param {Lifetime} lifetime
 * @param {Address} address
 * @param {boolean} dev
 */
async function bringUp(lifetime, address, dev) {
  const steps = new Steps(dev ? 4 : 5);
  /** @param {string} line */
  const log = (line) => steps.note(line);
  await steps.step("安装依赖 Installing packages", installPackages);
  if (!dev) await steps.step("构建 Building", buildIfChanged);
  const database = await steps.step(OPENING, () =>
    lifetime.hold(
      () => openDatabase({ use: "own", log }),
      (opened) => opened.stop(),
    ),
  );
  const demo = wantsDemo(database);
  await steps.step("准备数据 Migrating and seeding", () => setUp(database, { demo, log }));
  const server = await steps.step("启动服务 Starting the server", async () => {
    steps.breakLine();
    const child = await lifetime.hold(
      () => startServer(address, database, { dev, demo }),
      stopServer,
      killServer,
    );
    await waitUntilReady(child, address);
    return child;
  });
  return { server, demo };
}

/**
 * @typedef {{ host: string, port: number, url: string }} Address
 * @returns {Address}
 */
function addressFromEnvironment() {
  const host = process.env.HOST || "127.0.0.1";
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Failure(`PORT=${process.env.PORT} is no port.`);
  const { PUBLIC_ORIGIN } = process.env;
  if (PUBLIC_ORIGIN && !(URL.canParse(PUBLIC_ORIGIN) && /^https?:/.test(PUBLIC_ORIGIN)))
    throw new Failure(`PUBLIC_ORIGIN=${PUBLIC_ORIGIN} is no address such as https://muster.example.cn.`);
  // No browser can visit "every address".
  const visited = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return { host, port, url: `http://${visited.includes(":") ? `[${visited}]` : visited}:${port}` };
}

/**
 * Before minutes are spent on installing and building.
 * @param {Address} address
 */
async function checkPort({ host, port }) {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), "listening");
    await once(probe.close(), "close");
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "EADDRINUSE") throw new Failure(`HOST=${host} PORT=${port}: ${message}.`);
    throw new Failure(
      `端口 ${port} 被占用 Port ${port} on ${host} is in use: stop what uses it, or choose another with PORT=${port + 1} npm start.`,
    );
  }
}

/**
 * @param {Address} address
 * @param {import("./database.mjs").Database} database
 * @param {{ dev: boolean, demo: boolean }} options
 */
async function startServer(address, database, { dev, demo }) {
  const { MIGRATE_DATABASE_URL: _owner, ...inherited } = process.env;
  const { MIGRATE_DATABASE_URL: _never, ...urls } = database.env;
  const { flags: nodeFlags } = JSON.parse(
    await readFile(new URL("./node-flags.json", import.meta.url), "utf8"),
  );
  return spawn(
    process.execPath,
    [
      ...nodeFlags,
      "--import",
      new URL("./end-with-launcher.mjs", import.meta.url).href,
      join(ROOT, "app/server/main.mjs"),
      ...(dev ? ["--dev"] : []),
    ],
    {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // In a group of its own: Ctrl-C in the terminal reaches the launcher alone, which says SIGTERM once.
      detached: true,
      env: {
        ...inherited,
        ...urls,
        NODE_ENV: dev ? "development" : "production",
        HOST: address.host,
        PORT: String(address.port),
        PUBLIC_ORIGIN: process.env.PUBLIC_ORIGIN || address.url,
        MUSTER_DATA: DATA,
        MUSTER_DEMO: demo ? "1" : "0",
      },
    },
  );
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @param {Address} address
 */
async function waitUntilReady(server, { host, port }) {
  const reachable =
    { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[host] ?? (host.includes(":") ? `[${host}]` : host);
  const deadline = Date.now() + READY_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    if (hasEnded(server))
      throw new Failure(
        `服务未能启动 The server ended before it was ready (${server.signalCode ?? server.exitCode}).`,
      );
    try {
      const response = await fetch(`http://${reachable}:${port}/readyz`, {
        signal: AbortSignal.timeout(2_000),
      });
      if (response.status === 200) return;
      last = `${response.status} ${await response.text()}`;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  throw new Failure(`服务未就绪 The server was not ready after ${READY_MS / 1000} s (/readyz: ${last}).`);
}

/** @param {import("node:child_process").ChildProcess} server */
async function stopServer(server) {
  if (hasEnded(server)) return;
  const ended = once(server, "exit");
  const killing = setTimeout(() => killServer(server), STOP_MS);
  server.kill("SIGTERM");
  await ended;
  clearTimeout(killing);
}

/** @param {import("node:child_process").ChildProcess} server */
function killServer(server) {
  server.kill("SIGKILL");
}

/** @param {import("node:child_process").ChildProcess} server */
function hasEnded(server) {
  return server.exitCode !== null || server.signalCode !== null;
}
