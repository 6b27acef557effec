import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeChanges } from "./merge";

describe("merging with somebody else's save", () => {
  it("keeps both people's changes to different fields", () => {
    expect(mergeChanges({ A: 1, B: 2 }, { A: 5 }, { A: 1, B: 9 }, null)).toEqual({
      mine: { A: 5 },
      theirs: { B: 9 },
      clashes: [],
    });
  });

  it("asks about a field both changed, with both values", () => {
    expect(mergeChanges<number | null>({ A: 1 }, { A: 5 }, { A: 7 }, null)).toEqual({
      mine: {},
      theirs: {},
      clashes: [{ key: "A", base: 1, mine: 5, theirs: 7 }],
    });
    expect(mergeChanges<number | null>({}, { A: null }, { A: 7 }, null).theirs).toEqual({ A: 7 });
    expect(mergeChanges<number | null>({ A: 1 }, { A: null }, { A: 7 }, null).clashes).toHaveLength(1);
  });

  it("finds a field settled that both changed alike", () => {
    expect(mergeChanges({ A: 1 }, { A: 5 }, { A: 5 }, null)).toEqual({ mine: {}, theirs: {}, clashes: [] });
  });

  it("loses nothing: every change of either side is kept, taken over, settled or asked about", () => {
    const figures = fc.dictionary(
      fc.constantFrom("A", "B", "C", "D", "__proto__"),
      fc.option(fc.nat(3), { nil: null }),
    );
    fc.assert(
      fc.property(figures, figures, figures, (base, mine, current) => {
        const at = (record: Record<string, number | null>, key: string) =>
          Object.hasOwn(record, key) ? (record[key] ?? null) : null;
        const { mine: kept, theirs, clashes } = mergeChanges<number | null>(base, mine, current, null);
        for (const key of ["A", "B", "C", "D"]) {
          const [was, now] = [at(base, key), at(current, key)];
          const wanted = Object.hasOwn(mine, key) ? at(mine, key) : was;
          const clash = clashes.find((c) => c.key === key);
          if (wanted !== was && now !== was && wanted !== now) {
            expect(clash).toMatchObject({ mine: wanted, theirs: now });
          } else {
            expect(clash).toBeUndefined();
            if (wanted !== was && now === was) expect(kept[key]).toBe(wanted);
            if (wanted === was && now !== was) expect(theirs[key]).toBe(now);
          }
        }
      }),
    );
  });
});
