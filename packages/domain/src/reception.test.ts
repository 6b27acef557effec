import { describe, expect, it } from "vitest";
import {
  everOnSide,
  RECEPTION_ACTIONS,
  RECEPTION_STATES,
  RECEPTION_STEPS,
  type ReceptionAction,
  type ReceptionSide,
  type ReceptionState,
  receptionSide,
  receptionStep,
  searchable,
  searchWords,
  UNANSWERED,
} from "./reception";

/** Every step there is. All other combinations of state, action and side are refused. */
const STEPS: readonly [ReceptionState, ReceptionAction, ReceptionState, ReceptionSide][] = [
  ["to_do", "answer", "answered", "own"],
  ["to_do", "pass_up", "passed_up", "own"],
  ["to_do", "strike", "void", "own"],
  ["passed_up", "take_back", "to_do", "own"],
  ["passed_up", "reply", "replied", "asked"],
  ["passed_up", "pass_on", "passed_up", "asked"],
  ["replied", "answer", "answered", "own"],
  ["replied", "pass_up", "passed_up", "own"],
  ["carried", "answer", "answered", "own"],
  ["carried", "reopen", "to_do", "own"],
  ["answered", "reopen", "to_do", "own"],
  ["answered", "strike", "void", "own"],
];
const SIDES: readonly (ReceptionSide | null)[] = ["own", "asked", null];

describe("an entry of the counter log", () => {
  const all = RECEPTION_STATES.flatMap((state) =>
    RECEPTION_ACTIONS.flatMap((action) => SIDES.map((side) => [state, action, side] as const)),
  );

  it.each(all)("%s: %s by %s", (state, action, side) => {
    const known = STEPS.find(([from, act, , by]) => from === state && act === action && by === side);
    expect(receptionStep(action, state, side)?.to ?? null).toBe(known?.[2] ?? null);
  });

  it("names each step once, and leads nowhere from what was struck out", () => {
    const names = RECEPTION_STEPS.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(names).size).toBe(names.length);
    expect(RECEPTION_STEPS.filter(({ from }) => from === "void")).toEqual([]);
    for (const state of UNANSWERED)
      expect(
        RECEPTION_STEPS.some(({ from }) => from === state),
        state,
      ).toBe(true);
  });

  it("is its own station's and that of the one asked; a station that is both is only its own", () => {
    const entry = { stationId: 71, askedStationId: 7 };
    expect(receptionSide({ stationId: 71 }, entry)).toBe("own");
    expect(receptionSide({ stationId: 7 }, entry)).toBe("asked");
    expect(receptionSide({ stationId: 1 }, entry)).toBeNull();
    expect(receptionSide({ stationId: 1 }, { stationId: 71, askedStationId: null })).toBeNull();
    expect(everOnSide("reply", "own")).toBe(false);
    expect(everOnSide("reply", "asked")).toBe(true);
    expect(everOnSide("strike", null)).toBe(false);
  });
});

describe("a search of the knowledge base", () => {
  it("overlooks width, case, blanks and punctuation", () => {
    expect(searchable("优待证 怎么办？（ＡＢc）")).toBe("优待证怎么办abc");
  });

  it("asks for each word once, and for no more than six", () => {
    expect(searchWords("优待证，补办 优待证  ")).toEqual(["优待证", "补办"]);
    expect(searchWords("？！ ")).toEqual([]);
    expect(searchWords("a b c d e f g h")).toHaveLength(6);
  });
});
