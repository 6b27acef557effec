import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawPhoto } from "@muster/files/drawing";
import { type FileStore, openStore, thumbnailKey } from "@muster/files/store";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../doctor";
import { type TestDatabase, testDatabase } from "../testing/database";
import { drawingOf, type Picture } from "./demo/pictures";
import { seed } from "./main";

const NOW = new Date("2026-11-22T02:00:00Z");

let database: TestDatabase;
let folder: string;
let files: FileStore;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "muster-pictures-"));
  files = openStore({ folder });
  await seed({
    ...database,
    demo: true,
    now: NOW,
    keys: testKeyring,
    archives: "brief" as const,
    log: () => {},
    files,
  });
}, 120_000);
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

describe("the demo's photos", () => {
  it("show 16 boards in Liuhe's town station, a share of the others, and nothing that was said to be missing", async () => {
    const sql = postgres(database.superUrl, { max: 1, onnotice: () => {} });
    try {
      const [boards] = await sql`
        select count(*)::int as pieces from evidence e join station s on s.city_id = e.city_id and s.id = e.station_id
        where s.name = '柳河镇' and e.subject_id like '%-G3'`;
      expect(boards?.pieces).toBe(16);
      const [all] = await sql`
        select count(*)::int as pieces, count(distinct station_id)::int as stations, max(size) as largest from evidence`;
      expect(all?.pieces).toBeGreaterThan(80);
      expect(all?.pieces).toBeLessThan(200);
      expect(all?.stations).toBeGreaterThan(40);
      expect(all?.largest).toBeLessThan(40_000);
      const [missing] = await sql`
        select count(*)::int as pieces from evidence e join assessment_value v on v.city_id = e.city_id
          and e.subject_id = v.station_id || '-' || v.year || '-' || v.round || '-' || v.code
        where v.stage = 'self' and v.value = 0`;
      expect(missing?.pieces).toBe(0);
      const [row] = await sql<{ key: string; sha: Uint8Array }[]>`
        select file_key as key, sha256 as sha from evidence order by id limit 1`;
      expect(await files.has(thumbnailKey(row?.key ?? ""))).toBe(true);
    } finally {
      await sql.end();
    }
  });

  it("leave the doctor nothing to say, stored verdicts of the demo's assessments included", async () => {
    const { faults, fixed } = await examine({ ...database, recount: false, files, now: NOW });
    expect([faults, fixed]).toEqual([[], []]);
  });

  it("are the same each time they are drawn, and another for another station", async () => {
    const picture: Picture = { motif: "front", station: "河湾<村>", words: "", seed: "liuhe-01 G5 0" };
    const draw = async (over: Partial<Picture> = {}) =>
      Buffer.from((await drawPhoto(drawingOf({ ...picture, ...over }))).sha256).toString("hex");
    expect(await draw()).toBe(await draw());
    expect(await draw({ seed: "liuhe-02 G5 0" })).not.toBe(await draw());
    expect(drawingOf(picture)).toContain("河湾&lt;村");
  });
});
