import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addKey, openKeyring } from "./key-place";

const PLACE = { cityId: 1, table: "t", row: "r", column: "c" };
const key = (n: number) => Buffer.alloc(32, n).toString("base64");
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "muster-keys-"));
});
afterEach(() => rmSync(data, { recursive: true }));

describe("the key file", () => {
  it("is made at the first start, for its owner alone, and read at the next", () => {
    const env = { MUSTER_DATA: join(data, "new") };
    const sealed = openKeyring(env).seal("x", PLACE);
    expect(statSync(join(data, "new", "keys.json")).mode & 0o777).toBe(0o600);
    expect(openKeyring(env).open(sealed, PLACE)).toBe("x");
  });

  it("takes a further key; a server that runs opens what was sealed with it", () => {
    const env = { MUSTER_KEY_FILE: join(data, "own.json") };
    const running = openKeyring(env);
    const before = running.seal("x", PLACE);
    expect(addKey(env)).toBe(2);
    const after = openKeyring(env).seal("y", PLACE);
    expect(running.open(after, PLACE)).toBe("y");
    expect(running.open(before, PLACE)).toBe("x");
    expect(statSync(env.MUSTER_KEY_FILE).mode & 0o777).toBe(0o600);
  });

  it("is named when it cannot be read, and left as it is", () => {
    const file = join(data, "keys.json");
    writeFileSync(file, '{"current":1,"keys":{"1":"short"},"index":""}');
    expect(() => openKeyring({ MUSTER_DATA: data })).toThrow(file);
    expect(readFileSync(file, "utf8")).toContain("short");
  });
});

describe("a broken key file", () => {
  it("is refused without a word of what stands in it", () => {
    const file = join(data, "keys.json");
    writeFileSync(file, '"c2VjcmV0"');
    expect(() => openKeyring({ MUSTER_DATA: data })).toThrow(file);
    writeFileSync(file, "c2VjcmV0 {");
    let said = "";
    try {
      openKeyring({ MUSTER_DATA: data });
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain("no JSON");
    expect(said).not.toContain("c2Vj");
  });
});

describe("keys in the environment", () => {
  it("seal with the highest version and keep no file", () => {
    const env = { MUSTER_DATA: data, MUSTER_KEYS: `1:${key(1)}, 3:${key(3)}`, MUSTER_INDEX_KEY: key(9) };
    expect(openKeyring(env).current).toBe(3);
    expect(() => statSync(join(data, "keys.json"))).toThrow();
    expect(() => addKey(env)).toThrow(/MUSTER_KEYS/);
  });

  it.each([
    { MUSTER_KEYS: `1:${key(1)}` },
    { MUSTER_KEYS: "1:c2hvcnQ=", MUSTER_INDEX_KEY: key(9) },
    { MUSTER_KEYS: key(1), MUSTER_INDEX_KEY: key(9) },
  ])("are refused when they are no keys: %j", (env) => {
    expect(() => openKeyring(env)).toThrow(/MUSTER_KEYS/);
  });
});
