import { describe, expect, it } from "vitest";
import { pageBy } from "./list-page.server";
import { ListSearch } from "./search";

const ID = "0198c000-0000-7000-8000-00000000000";
const LINES = [1, 2, 3].map((n) => ({ day: `2026-10-0${n}`, id: `${ID}${n}` }));

/** What a list is asked for by an address, and what it answers with. */
async function asked(address: string) {
  const url = new URL(`http://x/list${address}`);
  let by: unknown;
  const page = await pageBy(
    {
      url,
      search: ListSearch.parse(Object.fromEntries(url.searchParams)),
      most: 10,
      by: { day: "day", id: "id" },
    },
    async (edge) => {
      by = edge;
      return { lines: LINES, total: 99, more: true };
    },
  );
  return { by, page };
}
const edge = (...parts: unknown[]) => btoa(JSON.stringify(parts)).replace(/=+$/, "");

describe("a page of a list in the order of columns", () => {
  it("asks by the columns' names, and goes on behind its last line", async () => {
    const first = await asked("?topic=07");
    expect(first.by).toEqual({ limit: 50 });
    expect(first.page).toMatchObject({ total: 10, capped: true, previous: null });
    const next = await asked(first.page.next ?? "");
    expect(next.by).toEqual({ limit: 50, after: LINES[2] });
    expect(next.page.next).toContain("topic=07");
    expect((await asked(next.page.previous ?? "")).by).toEqual({ limit: 50, before: LINES[0] });
  });

  it.each([
    ["too short", edge("2026-10-01")],
    ["too long", edge("2026-10-01", `${ID}1`, "x")],
    ["no day", edge("2026-13-01", `${ID}1`)],
    ["no id", edge("2026-10-01", "x")],
  ])("begins at its beginning when the edge is %s", async (_, after) => {
    expect((await asked(`?after=${after}`)).by).toEqual({ limit: 50 });
    expect((await asked(`?before=${after}`)).by).toEqual({ limit: 50 });
  });
});
