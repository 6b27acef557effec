import type { Violation } from "@muster/domain/check";
import type { Random } from "./random";

/** What a reviewer writes beside a figure that looks wrong, and how it went wrong. */
const MISTAKES: Record<string, { reason: string; wrong: (value: number) => number }> = {
  D02: { reason: "咨询解答比台账多，请与窗口登记簿核对", wrong: (value) => value * 2 + 7 },
  D01: { reason: "接访人次疑似把电话咨询也计入，请核对", wrong: (value) => value + 9 },
  F03: { reason: "参加人次多写了一位数，请核对签到表", wrong: (value) => value * 10 },
  C04: { reason: "慰问金额与发放签收表不一致，请附明细后重报", wrong: (value) => value + 180_000 },
  F04: { reason: "志愿服务人次应为参加人次，不是小时数", wrong: (value) => value * 4 + 12 },
};

/** One or two figures a report was returned for: code, the reviewer's reason, the wrong value. */
export function mistakes(
  figures: Readonly<Record<string, number | null>>,
  random: Random,
): { code: string; reason: string; wrong: number }[] {
  const possible = Object.entries(MISTAKES).filter(([code]) => code !== "F03" || (figures.F03 ?? 0) > 0);
  return random
    .shuffled(possible)
    .slice(0, random.chance(0.3) ? 2 : 1)
    .map(([code, { reason, wrong }]) => ({ code, reason, wrong: wrong(figures[code] ?? 0) }));
}

const CHANGES: Record<string, readonly string[]> = {
  C01: ["节前集中走访", "本月对高龄、独居老兵逐户走访", "上月集中走访已完成，本月恢复日常"],
  C02: ["节前集中走访，走访面较上月扩大", "与走访人次变化一致"],
  C03: ["春节、八一、国庆慰问集中在本月", "本月无节日走访安排"],
  D01: ["本月政策调整，来访较多", "来访回落到日常水平"],
  D02: ["优待证换发期间咨询增多", "换发结束，咨询回落"],
  F03: ["活动规模与上月不同", "本月举办村级文艺活动，参加人多"],
  F04: ["组织志愿服务集中活动", "农忙时节志愿活动减少"],
  H01: ["季度巡诊集中在本月", "巡诊按季度安排，本月较少"],
  H02: ["年度体检集中在本月", "年度体检已基本完成"],
};
const OTHERWISE = ["属实，已与台账核对", "情况属实，经站务会核对"];

/** The reason a filer gives for a soft check, and the key it stands under. */
export function answer(violation: Violation, kind: string, random: Random): [key: string, reason: string] {
  const code = violation.indicators[0];
  if (violation.check === "K15") {
    const reason =
      kind === "service_point" ? "工作人员由军休所统一配备" : "专职人员岗位已上报，暂由兼职人员承担";
    return ["K15", reason];
  }
  const key = code === undefined ? violation.check : `${violation.check}:${code}`;
  return [key, random.pick((code && CHANGES[code]) || OTHERWISE)];
}
