import { describe, expect, it } from "vitest";
import { edgeText, ListSearch } from "./search";

describe("the edge of a page", () => {
  it("comes back from an address as it went in, Chinese included", () => {
    const edge = ["zengxiaoming 曾?&", "0198c000-0000-7000-8000-000000000000"];
    expect(edgeText(edge)).toMatch(/^[\w-]+$/);
    expect(ListSearch.parse({ after: edgeText(edge) }).after).toEqual(edge);
  });

  it.each(["x", "%%%", edgeText(["a"]).slice(1), btoa('{"a":1}')])(
    "counts as not asked when it is %j",
    (after) => {
      expect(ListSearch.parse({ after }).after).toBeUndefined();
    },
  );
});

describe("the choice of columns", () => {
  it("is a list, whether one was ticked, several or none", () => {
    expect(ListSearch.parse({}).cols).toEqual([]);
    expect(ListSearch.parse({ cols: "age" }).cols).toEqual(["age"]);
    expect(ListSearch.parse({ cols: ["age", "phone"] }).cols).toEqual(["age", "phone"]);
  });
});
