import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FINDING_ACTIONS, INSPECTION_ACTIONS } from "@muster/domain/inspection";
import { PETITION_ACTIONS } from "@muster/domain/petition";
import { RECEPTION_ACTIONS } from "@muster/domain/reception";
import { REPORT_ACTIONS } from "@muster/domain/workflow";
import { describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { LOCALES } from "~/i18n/locales";
import {
  type AuditWords,
  actionLabel,
  changesAsText,
  changesInWords,
  referencesIn,
  subjectInWords,
} from "./audit-words.server";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const INDICATORS = [
  { code: "C01", name: { zh: "走访人次", en: "Visits" }, unit: "person-time" as const },
  { code: "F02", name: { zh: "救助金额", en: "Aid paid" }, unit: "yuan" as const },
];

function wordsIn(locale: (typeof LOCALES)[number]): AuditWords {
  return {
    t: translate(locale),
    locale,
    names: {
      stations: new Map([
        [7, "柳河镇"],
        [71, "河湾村"],
      ]),
      people: new Map([["0198c000-0000-7000-8000-000000000001", "王建军"]]),
    },
    indicators: INDICATORS,
  };
}

const chinese = wordsIn("zh-CN");

/** Every action that the sources write into the log. */
function actionsWritten(): string[] {
  const files = ["db/queries", "db/seed", "app"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules") && !path.includes("/i18n/")),
  );
  const groups =
    "report|month|station|membership|invitation|account|session|token|city|staff|training|evidence|inspection|finding|reception|knowledge|topic|petition";
  const found = files.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    if (!/\baudit\w*\(/.test(text)) return [];
    const whole = [...text.matchAll(new RegExp(`(?<!\\bt\\()"((?:${groups})\\.[a-z_]+)"`, "g"))].map(
      (m) => m[1] ?? "",
    );
    const catalogue = [...text.matchAll(/\bfinish\(tx, (?:added \? "([a-z.]+)" : )?"([a-z.]+)"/g)].flatMap(
      (m) => [m[1], m[2]].filter(Boolean).map((name) => `catalogue.${name}`),
    );
    return [...whole, ...catalogue];
  });
  const steps = [
    ...REPORT_ACTIONS.map((action) => `report.${action}`),
    ...FINDING_ACTIONS.map((action) => `finding.${action}`),
    ...INSPECTION_ACTIONS.map((action) => `inspection.${action}`),
    ...RECEPTION_ACTIONS.map((action) => `reception.${action}`),
    ...PETITION_ACTIONS.map((action) => `petition.${action}`),
  ];
  return [...new Set([...found, ...steps])].sort();
}

describe("the audit log in words", () => {
  it.each(LOCALES)("has a name for every action that is written (%s)", (locale) => {
    const t = translate(locale);
    const actions = actionsWritten();
    expect(actions.length).toBeGreaterThan(40);
    const unnamed = actions.filter((action) => actionLabel(action, t) === t("audit:action.unknown"));
    expect(unnamed).toEqual([]);
    expect(actionLabel("something.new", t)).toBe(t("audit:action.unknown"));
  });

  it("says states, roles, stations, figures, money and days as the screens do", () => {
    const before = {
      status: "submitted",
      role: "village_head",
      parentId: 7,
      closedOn: "2026-10-03",
      required: true,
    };
    const after = {
      status: "returned",
      role: "head",
      parentId: 999,
      version: 1200,
      changes: { C01: [4, 12], F02: [null, 300_050] },
      returned: { C01: "与台账不符" },
      excused: { 71: "停电" },
    };
    const lines = changesInWords({ before, after }, chinese).map(({ label, before: was, after: is }) => [
      label,
      was,
      is,
    ]);
    expect(lines).toEqual([
      ["状态", "待审核", "已退回"],
      ["岗位", "村站长", "站长"],
      ["上级", "柳河镇", "辖区外的站点"],
      ["撤销日期", "2026年10月3日", null],
      ["须报月报", "是", null],
      ["版本", null, "1,200"],
      ["退回 · C01 走访人次", null, "与台账不符"],
      ["免报 · 河湾村", null, "停电"],
      ["C01 走访人次", "4", "12"],
      ["F02 救助金额", null, "3,000.50 元"],
    ]);
  });

  it("shows no key of ours, also of a value that no catalogue knows", () => {
    const entry = { before: null, after: { some_new_key: "x", path: "/7/", membershipId: "0198" } };
    expect(changesAsText(entry, chinese)).toBe("其他：x");
    expect(
      changesAsText({ before: { status: "draft" }, after: { status: "accepted" } }, wordsIn("en")),
    ).toMatch(/^Status: .+ → .+$/);
  });

  it("names what an entry is about, where the reader may see it", () => {
    const about = (subject: string, subjectId: string, after: Record<string, unknown> | null = null) =>
      subjectInWords({ subject, subjectId, before: null, after }, chinese);
    expect(about("MonthlyReport", "71/2026-10")).toBe("月报：河湾村 2026年10月");
    expect(about("Station", "7")).toBe("站点：柳河镇");
    expect(about("Station", "8")).toBe("站点：辖区外的站点");
    expect(about("account", "0198c000-0000-7000-8000-000000000001")).toBe("账号：王建军");
    expect(about("account", "0198c000-0000-7000-8000-000000000002")).toBe("账号");
    expect(about("invitation", "0198c000-0000-7000-8000-000000000003", { name: "新人" })).toBe("邀请：新人");
    expect(about("Catalogue", "C01")).toBe("指标与校验：C01 走访人次");
    expect(about("Catalogue", "2026-12")).toBe("指标与校验：2026年12月");
  });

  it("asks for the names of stations and people in one go, and for nothing that is no number or id", () => {
    const entry = {
      subject: "Month",
      subjectId: "7/2026-10",
      before: { parentId: 71 },
      after: { excused: { 9: "停电" }, mergedInto: "x" },
    };
    expect(referencesIn([entry, { ...entry, subject: "token", subjectId: "none" }])).toEqual({
      stations: [7, 71, 9, 71, 9],
      people: [],
    });
  });
});
