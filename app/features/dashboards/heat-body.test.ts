import { period } from "@muster/domain/period";
import { describe, expect, it } from "vitest";
import { heatBody } from "./heat-body";
import type { Frame, Panel } from "./model";

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
    const html = heatBody(panel, frame);
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;");
    expect(html).toContain('href="/dashboard/staffing?station=7&amp;from=2026-01');
  });

  it("tells missing from 0 and links no station that cannot be opened", () => {
    const [first = "", second = ""] = heatBody(panel, frame).split("</tr>");
    expect(first).toContain('<td class="bg-warn-soft">98</td><td class="text-ink-3">—</td>');
    expect(second).toContain('<td class="bg-bad-soft">0</td><td class="bg-good-soft">100</td>');
    expect(second).not.toContain("<a");
  });
});
