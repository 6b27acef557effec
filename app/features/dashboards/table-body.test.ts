import { period } from "@muster/domain/period";
import { describe, expect, it } from "vitest";
import type { Frame, Panel } from "./model";
import { tableBody } from "./table-body";

const state = {
  station: 1,
  from: period("2026-01"),
  to: period("2026-02"),
  basis: "accepted",
  boundaries: "reported",
};
const frame = { page: "staffing", state } as Frame;
const panel: Panel = {
  id: "staffing-heat",
  title: "",
  head: "",
  columns: [
    { label: "1", format: "percent" },
    { label: "2", format: "percent" },
  ],
  rows: [
    { station: 7, name: `<script>alert("x")</script>&'`, cells: [97.6, null] },
    { name: "本级", cells: [0, 100] },
  ],
  picture: { kind: "heat", good: 98, warn: 90, top: 100 },
  empty: "",
};

describe("the body of a heat table", () => {
  it("escapes every name and address", () => {
    const html = tableBody(panel, frame);
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;");
    expect(html).toContain('href="/dashboard/staffing?station=7&amp;from=2026-01');
  });

  it("tells missing from 0 and links no station that cannot be opened", () => {
    const [first = "", second = ""] = tableBody(panel, frame).split("</tr>");
    expect(first).toContain('<td class="bg-warn-soft">98</td><td class="text-ink-3">—</td>');
    expect(second).toContain('<td class="bg-bad-soft">0</td><td class="bg-good-soft">100</td>');
    expect(second).not.toContain("<a");
  });
});

describe("the body of a ranking", () => {
  const ranking: Panel = {
    ...panel,
    columns: [
      { label: "per worker", format: "count" },
      { label: "people", format: "count" },
      { label: "why", format: "text" },
    ],
    verdict: "Verdict",
    rows: [
      { station: 7, name: "A", cells: [600, 1200, `<b>"&`], tone: "bad", verdict: "<short>" },
      { code: "B05", name: "C", cells: [100, null, null] },
      { heading: true, name: "<rest>", cells: [] },
    ],
    picture: { kind: "ranking", column: 0, top: 800, standard: 500 },
  };
  const [bad = "", good = "", heading = ""] = tableBody(ranking, frame).split("</tr>");

  it("draws a bar against the standard, with the number in it where there is room", () => {
    expect(bad).toContain('bg-s4" style="width:75.0%"');
    expect(bad).toContain("left:calc(62.5% - 2px)");
    expect(bad).toContain('text-on-accent">600</span>');
    expect(good).toContain('style="left:12.5%">100</span>');
  });

  it("escapes texts and verdicts, and links stations and indicators", () => {
    expect(bad).toContain("&lt;b&gt;&quot;&amp;");
    expect(bad).toContain("</span>&lt;short&gt;</span>");
    expect(bad).toContain('href="/dashboard/staffing?station=7&amp;from=2026-01');
    expect(good).toContain("/dashboard/figures?");
    expect(good).toContain("indicator=B05");
    expect(heading).toContain('colspan="5"');
    expect(heading).toContain("&lt;rest&gt;");
  });
});
