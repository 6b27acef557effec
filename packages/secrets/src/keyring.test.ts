import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Keyring, type Place, Unreadable, versionOf } from "./keyring";
import { testKeyring } from "./keyring.fixture";

const PLACE: Place = { cityId: 11, table: "person", row: "a", column: "id_number" };

describe("a sealed value", () => {
  it("opens where it was sealed, whatever it says", () => {
    const keys = testKeyring();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => keys.open(keys.seal(text, PLACE), PLACE) === text),
    );
  });

  it("opens in no other city, table, row or column", () => {
    const keys = testKeyring();
    const sealed = keys.seal("110101194912310022", PLACE);
    const elsewhere: Partial<Place>[] = [
      { cityId: 12 },
      { table: "visit" },
      { row: "b" },
      { column: "phone" },
    ];
    for (const other of elsewhere) {
      expect(() => keys.open(sealed, { ...PLACE, ...other })).toThrow(Unreadable);
    }
  });

  it("does not open when any of its bits was changed", () => {
    const keys = testKeyring();
    const sealed = keys.seal("13900001111", PLACE);
    for (let at = 0; at < sealed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(() => keys.open(changed, PLACE), `byte ${at}, bit ${bit}`).toThrow(Unreadable);
      }
    }
  });

  it("does not open when it was cut short, and says nothing of its content", () => {
    const keys = testKeyring();
    const sealed = keys.seal("13900001111", PLACE);
    for (let length = 0; length < sealed.length; length++) {
      expect(() => keys.open(sealed.subarray(0, length), PLACE)).toThrow(
        /^person\.id_number of city 11 does not open$/,
      );
    }
  });

  it("is never the same twice", () => {
    const keys = testKeyring();
    expect(keys.seal("x", PLACE)).not.toEqual(keys.seal("x", PLACE));
  });

  it("names its key's version, opens after a newer key came, and is sealed with the newest", () => {
    const old = testKeyring(1).seal("x", PLACE);
    const keys = testKeyring(2);
    expect(keys.open(old, PLACE)).toBe("x");
    expect(versionOf(old)).toBe(1);
    expect(versionOf(keys.seal("x", PLACE))).toBe(2);
  });

  it("asks for newer keys once when it was sealed by another process with one", () => {
    const key = (n: number) => new Uint8Array(32).fill(n);
    const one = { encryption: new Map([[1, key(1)]]), current: 1, index: key(200) };
    const two = {
      encryption: new Map([
        [1, key(1)],
        [2, key(2)],
      ]),
      current: 2,
      index: key(200),
    };
    const sealed = new Keyring(two).seal("x", PLACE);
    expect(() => new Keyring(one).open(sealed, PLACE)).toThrow(Unreadable);
    const running = new Keyring(one, () => two);
    expect(running.open(sealed, PLACE)).toBe("x");
    expect(running.current).toBe(2);
  });
});

describe("a blind index", () => {
  it("is the same for the same value, and tells cities and purposes apart", () => {
    const keys = testKeyring(1);
    const index = keys.blind(11, "id", "1");
    expect(testKeyring(2).blind(11, "id", "1")).toEqual(index);
    for (const other of [keys.blind(12, "id", "1"), keys.blind(11, "phone", "1"), keys.blind(11, "id", "2")])
      expect(other).not.toEqual(index);
  });

  it("is made with a key of its own", () => {
    const key = new Uint8Array(32).fill(1);
    expect(() => new Keyring({ encryption: new Map([[1, key]]), current: 1, index: key })).toThrow(/indexes/);
  });
});
