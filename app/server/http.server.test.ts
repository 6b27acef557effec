import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { application, listener } from "./http.server";
import type { RequestContext } from "./request-context.server";

process.env.LOG_LEVEL = "silent";

let server: Server;
let base: string;
let seen: { cookie: string | null; body: string; fromThisMachine: boolean }[] = [];

beforeAll(async () => {
  const handle = async (request: Request, { muster }: { muster: RequestContext }) => {
    const { fromThisMachine } = muster;
    seen.push({ cookie: request.headers.get("Cookie"), body: await request.text(), fromThisMachine });
    if (request.url.endsWith("/slow")) await new Promise((resolve) => setTimeout(resolve, 200));
    return new Response(`<p>${"word ".repeat(1_000)}</p>`, { headers: { "Content-Type": "text/html" } });
  };
  server = createServer(listener(application(handle, async () => null)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Sends bytes as they are: fetch would clean up what must arrive unclean. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
    socket.on("error", reject);
  });
}
const get = (target: string, host = "h") =>
  raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
// The public origin of this process, by default the address it would listen on.
const ours = { Origin: "http://127.0.0.1:3000" };

describe("the server", () => {
  it.each(["/%E0%A4%A", "/a%00b", "/?q=%00", "/%", `/${"a".repeat(9_000)}`, "http://h/"])(
    "answers the address %s with a 4xx",
    async (target) => {
      expect(await get(target)).toMatch(/^HTTP\/1\.1 4\d\d /);
    },
  );

  it("answers strange hosts, methods and heads with less than 500", async () => {
    expect(await get("/", "a b")).toMatch(/ 400 /);
    expect(await get("/", "evil.example/..")).toMatch(/ 400 /);
    expect(await raw("TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).toMatch(/ 405 /);
    expect(await raw("BREW / HTTP/1.1\r\nHost: h\r\n\r\n")).toMatch(/ 400 /);
    expect(await raw(`GET / HTTP/1.1\r\nHost: h\r\nX: ${"a".repeat(70_000)}\r\n\r\n`)).toMatch(/ 4\d\d /);
  });

  it("tells this machine from those for whom a proxy on it asks", async () => {
    seen = [];
    await fetch(base);
    for (const name of ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
      await fetch(base, { headers: { [name]: "127.0.0.1" } });
    expect(seen.map(({ fromThisMachine }) => fromThisMachine)).toEqual([true, false, false, false, false]);
  });

  it("refuses what comes from another site, on every address", async () => {
    for (const path of ["/login", "/api/v1/me", "/settings/locale", "/x.data"]) {
      const answer = await fetch(base + path, {
        method: "POST",
        headers: { Origin: "https://evil.example" },
      });
      expect(answer.status, path).toBe(403);
    }
    const silent = await fetch(`${base}/login`, { method: "POST" });
    expect(silent.status).toBe(403);
    expect(await silent.text()).toContain(silent.headers.get("X-Request-Id"));
    expect((await fetch(`${base}/login`, { method: "POST", headers: ours })).status).toBe(200);
  });

  it("answers the API's refusals as problem documents", async () => {
    const answer = await fetch(`${base}/api/v1/x`, {
      method: "DELETE",
      headers: { "Accept-Language": "en" },
    });
    expect(answer.headers.get("Content-Type")).toMatch("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 403, reference: answer.headers.get("X-Request-Id") });
  });

  it("counts no cookie beside a token", async () => {
    seen = [];
    const headers = { Authorization: "Bearer t", Cookie: "session=stolen", Origin: "https://evil.example" };
    expect((await fetch(`${base}/api/v1/x`, { method: "POST", headers, body: "{}" })).status).toBe(200);
    expect(seen).toMatchObject([{ cookie: null, body: "{}" }]);
  });

  it("takes a megabyte and no more, with or without a length", async () => {
    const send = (body: BodyInit) =>
      fetch(`${base}/x`, { method: "POST", headers: ours, body, duplex: "half" } as RequestInit);
    expect((await send("a".repeat(1_000_000))).status).toBe(200);
    expect((await send("a".repeat(1_100_000))).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 12; part += 1) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    expect((await send(stream)).status).toBe(413);
  });

  it("protects and compresses what it sends", async () => {
    const answer = await fetch(base, { headers: { "Accept-Encoding": "br" } });
    const { headers } = answer;
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toMatch(
      /script-src 'self' 'nonce-[\w-]+';.*frame-ancestors 'none'/,
    );
    expect(headers.get("Strict-Transport-Security")).toBeNull();
    expect(headers.get("Server-Timing")).toMatch(/^total;dur=/);
    expect(headers.get("Content-Encoding")).toBe("br");
    // A second time without the client unpacking it.
    expect(brotliDecompressSync(Buffer.from(await unpackedNot())).toString()).toMatch(/^<p>word /);
    const plain = await fetch(base, { headers: { "Accept-Encoding": "br;q=0, identity" } });
    expect(plain.headers.get("Content-Encoding")).toBeNull();
  });
});

function unpackedNot(): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    import("node:http").then(({ get: ask }) =>
      ask(base, { headers: { "Accept-Encoding": "br" } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => resolve(Buffer.concat(parts)));
        answer.on("error", reject);
      }),
    );
  });
}
