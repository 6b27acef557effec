import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newKey, openStore, type Place, placeFrom, readKey, thumbnailKey } from "./store";
import { sweepFiles } from "./sweep";

const NOW = new Date("2026-11-21T06:00:00Z");
const DAYS_AGO = new Date("2026-11-19T06:00:00Z");

let folder: string;
let bucket: Server;
const objects = new Map<string, Buffer>();
let signed = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-store-"));
  // As much of S3 as a store asks for.
  bucket = createServer(async (request, response) => {
    if (/^AWS4-HMAC-SHA256 Credential=key\//.test(request.headers.authorization ?? "")) signed += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const key = decodeURIComponent((request.url ?? "").replace(/^\/evidence\/?/, "").split("?")[0] ?? "");
    if (request.method === "PUT") objects.set(key, Buffer.concat(parts));
    if (request.method === "DELETE") objects.delete(key);
    if (key === "") {
      const { searchParams } = new URL(request.url ?? "", "http://bucket");
      const from = Number(/^from & (\d+)$/.exec(searchParams.get("continuation-token") ?? "")?.[1] ?? 0);
      const page = [...objects.keys()].sort().slice(from, from + 1000);
      const list = page.map((each) => `<Contents><Key>${each}</Key></Contents>`).join("");
      const next =
        from + page.length < objects.size
          ? `<IsTruncated>true</IsTruncated><NextContinuationToken>from &amp; ${from + page.length}</NextContinuationToken>`
          : "<IsTruncated>false</IsTruncated>";
      response.end(`<?xml version="1.0"?><ListBucketResult>${next}${list}</ListBucketResult>`);
      return;
    }
    const found = objects.get(key);
    response.statusCode =
      found || request.method !== "GET" ? (request.method === "HEAD" && !found ? 404 : 200) : 404;
    response.end(request.method === "GET" ? found : undefined);
  });
  await once(bucket.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  bucket.closeAllConnections();
  bucket.close();
  await rm(folder, { recursive: true });
});

const place = (kind: string): Place =>
  kind === "folder"
    ? { folder }
    : placeFrom({
        MUSTER_S3_BUCKET: "evidence",
        MUSTER_S3_ENDPOINT: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`,
        MUSTER_S3_ACCESS_KEY: "key",
        MUSTER_S3_SECRET_KEY: "secret",
      });

describe.each(["folder", "bucket"])("files in a %s", (kind) => {
  it("come back as they went, and not at all once they are removed", async () => {
    const store = openStore(place(kind));
    const key = newKey(501, 1042, NOW);
    expect(await store.get(key)).toBe(null);
    await store.put(key, Buffer.from([0, 1, 254, 255]));
    expect([...((await store.get(key)) ?? [])]).toEqual([0, 1, 254, 255]);
    expect([await store.has(key), await store.keys()]).toEqual([true, [key]]);
    await store.remove(key);
    expect([await store.has(key), await store.get(key), await store.keys()]).toEqual([false, null, []]);
  });

  it("are swept: old ones without a row go, young ones and those of other cities stay", async () => {
    const store = openStore(place(kind));
    const [kept, old, young] = [newKey(501, 1, DAYS_AGO), newKey(501, 1, DAYS_AGO), newKey(501, 1, NOW)];
    const [foreign, lost] = [newKey(999, 1, DAYS_AGO), newKey(501, 2, DAYS_AGO)];
    for (const key of [kept, old, thumbnailKey(old), young, foreign]) await store.put(key, Buffer.from("x"));
    const expected = [
      { key: kept, thumbnail: true },
      { key: lost, thumbnail: false },
    ];
    const sweep = await sweepFiles(store, { expected, cities: [501], now: NOW });
    expect({ ...sweep, orphans: sweep.orphans.sort() }).toEqual({
      orphans: [old, thumbnailKey(old)].sort(),
      removed: 2,
      missing: [thumbnailKey(kept), lost],
    });
    expect((await store.keys()).sort()).toEqual([kept, young, foreign].sort());
    for (const key of await store.keys()) await store.remove(key);
  });

  it("are kept when so many have no row that the database must be another", async () => {
    const store = openStore(place(kind));
    for (let n = 0; n < 51; n += 1) await store.put(newKey(501, 1, DAYS_AGO), Buffer.from("x"));
    const sweep = await sweepFiles(store, { expected: [], cities: [501], now: NOW });
    expect([sweep.orphans.length, sweep.removed, (await store.keys()).length]).toEqual([51, 0, 51]);
    for (const key of await store.keys()) await store.remove(key);
  });
});

describe("a bucket of more files than one listing shows", () => {
  it("is swept whole", async () => {
    const store = openStore(place("bucket"));
    const keys = Array.from({ length: 2300 }, () => newKey(501, 1, DAYS_AGO));
    for (const key of keys) objects.set(key.replaceAll(":", "/"), Buffer.from("x"));
    expect((await store.keys()).sort()).toEqual([...keys].sort());
    // The last ones by name stand on the third page, and no row names them.
    const sorted = [...keys].sort();
    const expected = sorted.slice(0, -20).map((key) => ({ key, thumbnail: false }));
    const sweep = await sweepFiles(store, { expected, cities: [501], now: NOW });
    expect([sweep.orphans.sort(), sweep.removed, sweep.missing]).toEqual([sorted.slice(-20), 20, []]);
    expect(objects.size).toBe(2280);
    objects.clear();
  });
});

describe("a key", () => {
  it("says city, station and instant, and is never the same twice", () => {
    const key = newKey(501, 1042, NOW);
    expect(key).not.toBe(newKey(501, 1042, NOW));
    expect(key).toMatch(/^501:1042:[0-9a-z]+-[0-9a-f]{32}$/);
    expect(readKey(key)).toEqual({ cityId: 501, writtenAt: NOW, file: key });
    expect(readKey(thumbnailKey(key))?.file).toBe(key);
    expect(readKey("501:1042:../../etc/passwd")).toBe(null);
  });

  it("of another make reaches no file", async () => {
    const store = openStore({ folder });
    for (const key of ["../x", "501:../x", "501:1:abc", "a:b:c"]) {
      await expect(async () => store.get(key)).rejects.toThrow("not a key of ours");
    }
    expect(await readdir(folder)).not.toContain("x");
  });
});

describe("the place of files", () => {
  it("is a folder beside the data unless a bucket is named, and then needs its keys", () => {
    expect(placeFrom({})).toEqual({ folder: ".data/files" });
    expect(placeFrom({ MUSTER_DATA: "/srv/muster" })).toEqual({ folder: "/srv/muster/files" });
    expect(placeFrom({ MUSTER_DATA: "/srv/muster", MUSTER_FILES: "/mnt/files" })).toEqual({
      folder: "/mnt/files",
    });
    expect(() => placeFrom({ MUSTER_S3_BUCKET: "b" })).toThrow("MUSTER_S3_ENDPOINT");
    expect(signed).toBeGreaterThan(10);
  });
});
