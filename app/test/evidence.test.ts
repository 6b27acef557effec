import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "@muster/db/client";
import { filesOfRows } from "@muster/db/queries/evidence/pieces";
import { systemCaller, withScope } from "@muster/db/scope";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { SMALL_CITY_PASSWORD, type SmallCity, smallCity } from "@muster/db/testing/small-city";
import { itemSubject } from "@muster/domain/evidence";
import { Examiner } from "@muster/files/examiner";
import { hostileFiles, pdf, photo, png } from "@muster/files/specimens.fixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendEvidence, signIn, startServer, type TestServer } from "./server";

const MEGABYTE = 1024 * 1024;

let database: TestDatabase;
let app: Pool;
/** Where the server receives files. */
let temporary: string;
let server: TestServer;
let city: SmallCity;
let head: string;
let sibling: string;
let town: string;
let stranger: string;

beforeAll(async () => {
  const now = new Date();
  database = await testDatabase();
  city = await smallCity(database, { now });
  const other = await smallCity(database, { code: "990200000000", name: "星河市", now });
  app = new Pool({ url: database.appUrl, size: 1 });
  temporary = await mkdtemp(join(tmpdir(), "muster-received-"));
  server = await startServer(database, { TMPDIR: temporary });
  const enter = (username: string) => signIn(server, username, SMALL_CITY_PASSWORD);
  const { headA1, headA2, headA } = city.people;
  head = await enter(headA1.username);
  sibling = await enter(headA2.username);
  town = await enter(headA.username);
  stranger = await enter(other.people.admin.username);
});
afterAll(async () => {
  await server?.stop();
  await app?.end();
  await database?.drop();
  await rm(temporary, { recursive: true, force: true });
});

const visit = (cookie: string, path: string, headers: Record<string, string> = {}) =>
  fetch(server.origin + path, { headers: { Cookie: cookie, ...headers }, redirect: "manual" });

async function filesKept(): Promise<string[]> {
  const entries = await readdir(server.files, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Memory of the server now and at its highest, and of the process that looks into files, in bytes. */
function memory(): { now: number; most: number; looking: number } {
  const kilobytes = (pid: string | number, name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) *
    1024;
  const pid = server.process.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter(Boolean);
  return {
    now: kilobytes(pid, "VmRSS"),
    most: kilobytes(pid, "VmHWM"),
    looking: children.reduce((sum, child) => sum + kilobytes(child, "VmRSS"), 0),
  };
}

describe("a piece of evidence", () => {
  it("is served to those who see its station, and is a 404 to everyone else who guesses its address", async () => {
    const sent = await sendEvidence(server, head, city.a1.id, await photo());
    expect(sent.status).toBe(201);
    const { id } = await sent.json();
    for (const path of [`/evidence/${id}`, `/evidence/${id}/thumbnail`]) {
      for (const cookie of [head, town]) {
        const answer = await visit(cookie, path);
        expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
        expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
        expect(answer.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'.*sandbox/);
        expect((await answer.arrayBuffer()).byteLength).toBe(Number(answer.headers.get("Content-Length")));
      }
      for (const cookie of [sibling, stranger]) expect((await visit(cookie, path)).status).toBe(404);
      expect((await visit("", path)).status).toBe(302);
    }
    for (const cookie of [sibling, stranger]) {
      expect((await visit(cookie, `/evidence/${id}/remove`)).status).toBe(404);
      expect((await visit(cookie, `/evidence?kind=station&id=${city.a1.id}`)).status).toBe(404);
      expect((await sendEvidence(server, cookie, city.a1.id, pdf())).status).toBe(404);
    }
    const etag = (await visit(head, `/evidence/${id}`)).headers.get("ETag") ?? "";
    expect((await visit(head, `/evidence/${id}`, { "If-None-Match": etag })).status).toBe(304);
    // Whoever may not see it learns nothing from what their browser has kept.
    expect((await visit(sibling, `/evidence/${id}`, { "If-None-Match": etag })).status).toBe(404);
  });

  it("of an item of an assessment is seen by the parent who checks it, and is a 404 to a sibling who guesses it", async () => {
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    const subject = itemSubject({ stationId: city.a1.id, year, round: 1, code: "G5" });
    const at = `kind=${subject.kind}&id=${subject.id}`;
    const sent = await sendEvidence(server, head, city.a1.id, await png(41, 41), { subject });
    expect(sent.status).toBe(201);
    const { id } = await sent.json();
    const assessment = `/stations/${city.a1.id}/assessments/${year}`;
    for (const cookie of [head, town]) {
      expect(await (await visit(cookie, assessment)).text()).toContain(`/evidence/${id}/thumbnail`);
      for (const path of [`/evidence/${id}`, `/evidence?${at}`])
        expect((await visit(cookie, path)).status).toBe(200);
    }
    for (const cookie of [sibling, stranger]) {
      for (const path of [
        assessment,
        `/evidence/${id}`,
        `/evidence/${id}/thumbnail`,
        `/evidence?${at}`,
        `/evidence/${id}/edit`,
        `/evidence/${id}/remove`,
      ]) {
        expect([path, (await visit(cookie, path)).status]).toEqual([path, 404]);
      }
      const pushed = await sendEvidence(server, cookie, city.a1.id, await png(42, 42), { subject });
      expect(pushed.status).toBe(404);
    }
    // An item that nobody asks of a village, and what is no item at all.
    for (const code of ["F1", "Z9"]) {
      const none = itemSubject({ stationId: city.a1.id, year, round: 1, code });
      const refused = await sendEvidence(server, head, city.a1.id, await png(43, 43), { subject: none });
      expect(refused.status).toBe(404);
    }
  });

  it("of a sibling that one sees nothing of is not brought either, and leaves no file", async () => {
    const before = (await filesKept()).length;
    expect((await sendEvidence(server, sibling, city.a1.id, await png(20, 20))).status).toBe(404);
    expect((await sendEvidence(server, head, city.townA.id, await png(20, 20))).status).toBe(404);
    expect((await filesKept()).length).toBe(before);
  });

  it("that is a PDF is handed out to be saved, never shown in the page", async () => {
    const { id } = await (
      await sendEvidence(server, head, city.a1.id, pdf("a"), { title: "成立/文件" })
    ).json();
    const answer = await visit(head, `/evidence/${id}`);
    expect(answer.headers.get("Content-Type")).toBe("application/pdf");
    expect(answer.headers.get("Content-Disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("成立_文件.pdf")}`,
    );
    expect((await visit(head, `/evidence/${id}/thumbnail`)).status).toBe(404);
  });

  it("is stored once, however often its upload is repeated", async () => {
    const before = (await filesKept()).length;
    const bytes = await png(33, 33);
    const first = await sendEvidence(server, head, city.a1.id, bytes);
    const again = await sendEvidence(server, head, city.a1.id, bytes);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await again.json()).id).toBe((await first.json()).id);
    expect((await filesKept()).length).toBe(before + 2);
  });

  it("is taken out of sight with a reason; row and file are kept", async () => {
    const { id } = await (await sendEvidence(server, head, city.a1.id, pdf("gone"))).json();
    const before = (await filesKept()).length;
    const remove = (cookie: string, fields: Record<string, string>) =>
      fetch(`${server.origin}/evidence/${id}/remove`, {
        method: "POST",
        redirect: "manual",
        headers: { Origin: server.origin, Cookie: cookie },
        body: new URLSearchParams(fields),
      });
    expect((await remove(sibling, { version: "1", reason: "x" })).status).toBe(404);
    const refused = await remove(head, { version: "1", reason: " " });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("请写明移除原因")]);
    expect((await remove(head, { version: "9", reason: "照片不清" })).status).toBe(409);
    expect((await remove(head, { version: "1", reason: "照片不清" })).status).toBe(302);
    expect((await visit(head, `/evidence/${id}`)).status).toBe(404);
    expect((await filesKept()).length).toBe(before);
  });
});

describe("the form without a script", () => {
  const post = (cookie: string, fields: Record<string, string>, bytes: Uint8Array) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", new Blob([bytes as BlobPart]), "a.jpg");
    return fetch(`${server.origin}/evidence?kind=station&id=${city.a1.id}`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: server.origin, Cookie: cookie, "Accept-Language": "zh-CN" },
      body: form,
    });
  };

  it("goes back to the station", async () => {
    const answer = await post(head, { title: "办公用房", expiresOn: "" }, await png(40, 40));
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, `/stations/${city.a1.id}`]);
    expect(await (await visit(head, `/stations/${city.a1.id}`)).text()).toContain("办公用房");
  });

  it("says in a sentence what is wrong, keeps what was typed, and leaves nothing behind", async () => {
    const before = await filesKept();
    const typed = { title: "我打的名称", expiresOn: "2199-12-31" };
    const cases: [Record<string, string>, Uint8Array, string][] = [
      [typed, Buffer.from("hello"), "文件内容不是 JPEG"],
      [typed, Buffer.alloc(0), "没有选择文件"],
      [typed, (await photo()).subarray(0, 900), "文件不完整或已损坏"],
      [typed, Buffer.concat([await photo(), Buffer.alloc(11 * MEGABYTE)]), "文件超过 10 MB"],
      [{ ...typed, title: "" }, await png(41, 41), "请填写名称"],
      [{ ...typed, expiresOn: "2020-01-01" }, await png(42, 42), "有效期已过"],
    ];
    for (const [fields, bytes, sentence] of cases) {
      const answer = await post(head, fields, bytes);
      const text = await answer.text();
      expect([answer.status, text.includes(sentence)], sentence).toEqual([422, true]);
      for (const value of Object.values(fields)) expect(text).toContain(value);
    }
    expect(await filesKept()).toEqual(before);
  });
});

/** Sends the head of an upload of 100 MB, and as much of it as the server wants; answers the status line. */
function flood(cookie: string, declared: boolean): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(server.origin);
    const socket = createConnection(Number(port), hostname);
    let answer = "";
    const end = () => {
      socket.destroy();
      resolve(answer.split("\r\n", 1)[0] || "closed");
    };
    socket.on("data", (part) => {
      answer += part.toString("latin1");
      end();
    });
    socket.on("error", end);
    socket.on("close", end);
    const length = declared ? `Content-Length: ${100 * MEGABYTE}` : "Transfer-Encoding: chunked";
    socket.write(
      `POST /evidence/send?kind=station&id=${city.a1.id} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${server.origin}\r\n` +
        `Cookie: ${cookie}\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=x\r\n${length}\r\n\r\n`,
    );
    const head = Buffer.from(
      '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
    );
    const part = Buffer.alloc(64 * 1024, 65);
    const framed = (bytes: Buffer) =>
      declared
        ? bytes
        : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
    socket.write(framed(head));
    let sent = 0;
    const pump = () => {
      while (sent < 100 * MEGABYTE && !socket.destroyed) {
        sent += part.length;
        if (!socket.write(framed(part))) {
          socket.once("drain", pump);
          return;
        }
      }
    };
    pump();
  });
}

describe("five hundred hostile files", () => {
  it("store nothing as something else, break nothing, and stay within memory", {
    timeout: 300_000,
  }, async () => {
    // Subjects take twenty pieces each; what is taken here goes to five stations in turn.
    const stations = [city.a1.id, city.a2.id, city.townA.id, city.b1.id, city.city.id];
    const admin = await signIn(server, city.people.admin.username, SMALL_CITY_PASSWORD);
    const before = new Set(await filesKept());
    const files = await hostileFiles(490);
    const tally: Record<string, number> = {};
    const worst: string[] = [];
    let next = 0;
    const sender = async () => {
      for (let n = next++; n < files.length; n = next++) {
        const { harm, name, bytes } = files[n] as (typeof files)[number];
        const station = stations[n % stations.length] as number;
        const answer = await sendEvidence(server, admin, station, bytes, { name, title: `${harm} ${n}` });
        const { title = "" } = await answer.json();
        tally[`${harm} ${answer.status}`] = (tally[`${harm} ${answer.status}`] ?? 0) + 1;
        const said = answer.status < 300 || (typeof title === "string" && title.length > 5);
        if (answer.status >= 500 || !said) worst.push(`${harm} ${n}: ${answer.status} ${title}`);
      }
    };
    await Promise.all([sender(), sender(), sender(), sender()]);
    for (let n = 0; n < 10; n += 1) {
      const status = await flood(admin, n % 2 === 0);
      if (!/^(HTTP\/1\.1 413|closed)/.test(status)) worst.push(`100 MB: ${status}`);
      tally["100 MB refused"] = (tally["100 MB refused"] ?? 0) + 1;
    }
    expect(worst).toEqual([]);
    // Every kind of harm was met, and what can only be refused was refused.
    for (const harm of ["wrong type", "truncated", "zero bytes", "too large"]) {
      expect([harm, tally[`${harm} 422`] ?? 0, tally[`${harm} 201`] ?? 0]).toEqual([
        harm,
        expect.any(Number),
        0,
      ]);
      expect(tally[`${harm} 422`], harm).toBeGreaterThan(5);
    }
    expect(tally["bomb 422"]).toBeGreaterThan(20);
    expect(server.output()).not.toContain("unexpected error");

    const kept = (await filesKept()).filter((path) => !before.has(path));
    expect(kept.length).toBeGreaterThan(5);
    const examiner = new Examiner();
    for (const path of kept) {
      expect(path).toMatch(
        new RegExp(`^${server.files}/${city.cityId}/\\d+/[0-9a-z]+-[0-9a-f]{32}(-thumbnail)?$`),
      );
      const bytes = await readFile(path);
      expect(bytes.includes("MUSTER-PAYLOAD"), path).toBe(false);
      expect(bytes.includes("MUSTER-PHONE"), path).toBe(false);
      expect(await examiner.examine(path), path).toMatchObject({ ok: true });
    }
    examiner.stop();
    const rows = await withScope(app, systemCaller(city.cityId, new Date()), { readOnly: true }, filesOfRows);
    expect((await filesKept()).length).toBe(rows.length + rows.filter(({ thumbnail }) => thumbnail).length);
    // What was received lies nowhere any more: only the folder itself is left.
    expect((await readdir(temporary, { recursive: true })).filter((name) => name.includes("/"))).toEqual([]);

    const { now, most, looking } = memory();
    expect(most, "the server at its highest").toBeLessThan(400 * MEGABYTE);
    expect(now + looking, "the server and the process that looks").toBeLessThan(400 * MEGABYTE);
  });
});
