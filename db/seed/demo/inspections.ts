import { createHash } from "node:crypto";
import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, type LocalDate, lastDay } from "@muster/domain/period";
import type { StandardSet } from "@muster/domain/standard";
import { within } from "@muster/domain/station";
import type { auditLog } from "../../schema/audit";
import type {
  Circular,
  Draw,
  finding,
  findingEvent,
  inspection,
  inspectionInspector,
  inspectionItem,
  inspectionStation,
} from "../../schema/inspection";
import { type Account, accountId } from "./accounts";
import { type Calendar, CURRENT } from "./calendar";
import { earlier, type Tale, talesOf } from "./findings";
import { inspectionAudits } from "./inspection-audits";
import { placeIn, type StationPlan } from "./plan";
import { Random } from "./random";
import { type Shortfall, shortfallOf, withoutShortfall } from "./shortfalls";
import { CHECKED_IN } from "./verdicts";

interface Found {
  plan: StationPlan;
  by: StationPlan;
  tale: Tale;
  row: typeof finding.$inferInsert;
}

export interface InspectionRows {
  audits: (typeof auditLog.$inferInsert)[];
  inspections: (typeof inspection.$inferInsert)[];
  items: (typeof inspectionItem.$inferInsert)[];
  inspectors: (typeof inspectionInspector.$inferInsert)[];
  stations: (typeof inspectionStation.$inferInsert)[];
  findings: (typeof finding.$inferInsert)[];
  events: (typeof findingEvent.$inferInsert)[];
}

/** What is found, what is done about it, and what the re-inspection sees, by item of the standards. */
const FINDS: readonly [code: string, body: string, measures: string][] = [
  ["G3", "上墙制度缺《一次性告知单》，另有两块已褪色。", "已补制并更换，全部上墙。"],
  ["G6", "上半年走访记录未按类归档，缺目录。", "已按类装订，补齐目录。"],
  ["G7", "新迁入对象三人未建档。", "三人档案已建立，并录入台账。"],
  ["G4", "政策查询电脑不能联网。", "已更换路由器，网络恢复。"],
  ["G8", "办事流程图未按新政策更新。", "已按现行政策重新公示。"],
  ["G10", "应急预案未写明联系人和电话。", "已补充联系人并组织演练。"],
  ["S6", "常态化联系记录不全，部分对象两个月未联系。", "已逐一联系并补记。"],
  ["F4", "上季度帮扶支出未公示。", "已在公示栏张贴，公示期七天。"],
  ["G5", "门外标识被遮挡，夜间看不清。", "已移除遮挡，重新安装标识。"],
  ["F3", "帮扶慰问支出与其他支出混记。", "已单独设账，历史支出已分清。"],
];

/** What is found where something mandatory is missing, and what is done about it, by item of the standards. */
const SHORTFALLS: Readonly<Record<string, readonly [body: string, measures: string]>> = {
  O1: ["考评核查未见服务站牌匾和成立文件。", "牌匾已制作悬挂，成立文件已补齐存档。"],
  E1: ["岗位批复文件未取得，在岗人员无编制或岗位依据。", "岗位批复已报镇党委审定，批复文件随后补报。"],
  S1: ["专职人员人均服务对象超过500人，未按标准配足。", "已向编办申请增配一名专职人员，先行调剂一人。"],
  S2: ["考评核查无专职工作人员，日常由村干部代管。", "已确定一名专职人员，正在办理到岗手续。"],
  F1: ["年度工作经费未纳入本级财政预算。", "已列入追加预算方案，报财政审核。"],
  G1: ["服务场所面积不足，未达到标准要求。", "已调剂相邻房间，重新丈量后报镇站复核。"],
  G7: ["建档立卡率未达到98%，部分对象未建档。", "已逐户补录，缺少的证明材料正在核对。"],
};

const CITY_THEMES = [
  "服务场所和制度落实督查",
  "建档立卡和走访慰问督查",
  "帮扶资金管理专项督查",
  "信访接待和应急准备督查",
  "达标创建情况督查",
];
const TOWN_THEMES = ["村站日常巡查", "场所制度检查", "档案资料检查", "走访记录检查", "年末综合检查"];

/** Months of one inspection. */
const QUARTER = 3;

/**
 * A year and more of inspections whose findings give every station's reported figures month by month: those of the
 * city each quarter, those of the towns beside them; one that is planned by lot and one that was called off.
 */
export function inspectionRows(
  cityId: number,
  stations: readonly StationPlan[],
  accounts: readonly Account[],
  calendar: Calendar,
  set: StandardSet,
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
): InspectionRows {
  const rows: InspectionRows = {
    audits: [],
    inspections: [],
    items: [],
    inspectors: [],
    stations: [],
    findings: [],
    events: [],
  };
  const [root] = stations;
  if (!root) return rows;
  const writer = new Writer(cityId, root, accounts, calendar, set, rows);
  const found: Found[] = [];
  for (const plan of stations.slice(1)) {
    const random = new Random(`findings ${plan.key}`);
    const shortfall = shortfallOf(plan, calendar);
    const months = withoutShortfall(shortfall, figures.get(plan) ?? []);
    const tales = talesOf(months, plan.opensIn, calendar, random);
    for (const tale of tales) found.push(writer.find(plan, tale, random, null));
    if (shortfall) found.push(writer.find(plan, shortfall.tale, random, shortfall));
  }
  writer.inspect(stations, found);
  for (const { row } of found) rows.findings.push(row);
  rows.audits = inspectionAudits(rows, stations, calendar);
  return rows;
}

class Writer {
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly cityId: number,
    private readonly root: StationPlan,
    private readonly accounts: readonly Account[],
    private readonly calendar: Calendar,
    private readonly set: StandardSet,
    private readonly rows: InspectionRows,
  ) {}

  /** An instant of a day, the later the higher its place; of today in its first minute. */
  private at(day: LocalDate, place: number): Date {
    const time =
      day === this.calendar.today
        ? `00:00:${String(place * 3 + 1).padStart(2, "0")}`
        : `${String(9 + Math.min(place, 8)).padStart(2, "0")}:20:00`;
    return new Date(`${day}T${time}+08:00`);
  }

  /** A finding of an inspection, or of what an assessment found wanting. */
  find(plan: StationPlan, tale: Tale, random: Random, shortfall: Shortfall | null): Found {
    const { cityId, root } = this;
    const parent = tale.month < 0 ? plan.parent : placeIn(plan, tale.month).parent;
    // What a town raised at a village that has moved away since is the town's to have raised.
    const towns = shortfall !== null || random.chance(0.88);
    const by = parent && parent.level !== "city" && towns ? parent : root;
    const asked = FINDS.filter(([code]) => this.itemOf(code)?.thresholds[plan.level]);
    const said = shortfall && SHORTFALLS[shortfall.code];
    const [code, body, measures] = said ? ([shortfall.code, ...said] as const) : random.pick(asked);
    const item = this.itemOf(code);
    const id = random.id(this.at(tale.openedOn, 0));
    const year = Number(this.calendar.period(CHECKED_IN).slice(0, 4)) - (shortfall?.ofThisYear ? 0 : 1);
    const judge = by.head;
    const own = plan.head;
    const answered = tale.steps.findLast(({ action }) => action === "answer");
    const answeredPlace = answered ? tale.steps.indexOf(answered) : 0;
    const key = { cityId, path: plan.path, stationId: plan.id };
    let from: Tale["state"] | null = null;
    tale.steps.forEach((step, place) => {
      const owns = step.action === "answer";
      const person = owns ? own : judge;
      this.rows.events.push({
        ...key,
        id: random.id(this.at(step.on, place)),
        findingId: id,
        action: step.action,
        fromState: from,
        toState: step.to,
        dueOn: step.dueOn,
        onDay: step.on,
        at: this.at(step.on, place),
        byId: accountId(person.username),
        byName: person.name,
        byStationName: owns ? plan.name : by.name,
        body: { ...SAID, raise: body, answer: measures }[step.action],
      });
      from = step.to;
    });
    const row: typeof finding.$inferInsert = {
      ...key,
      id,
      byStationId: by.id,
      byStationName: by.name,
      inspectionId: null,
      assessmentYear: shortfall ? year : null,
      assessmentRound: shortfall ? 1 : null,
      itemCode: code,
      itemZh: item?.name.zh ?? "",
      itemEn: item?.name.en ?? "",
      body,
      severity: tale.severity,
      state: tale.state,
      openedOn: tale.openedOn,
      openedBy: judge.name,
      openedById: accountId(judge.username),
      dueOn: tale.dueOn,
      answeredAt: answered ? this.at(answered.on, answeredPlace) : null,
      answeredBy: answered ? own.name : null,
      answeredById: answered ? accountId(own.username) : null,
      endedOn: tale.closedOn,
      version: tale.steps.length,
    };
    return { plan, by, tale, row };
  }

  private itemOf(code: string) {
    return this.set.items.find((item) => item.code === code);
  }

  /** Every finding of the window that no assessment led to belongs to the inspection of its station and quarter. */
  inspect(stations: readonly StationPlan[], all: readonly Found[]): void {
    const found = all.filter(({ row }) => row.assessmentYear == null);
    const inspecting = stations.filter(
      (plan) => plan.level === "city" || found.some(({ by }) => by === plan),
    );
    for (let quarter = 0; quarter * QUARTER <= CURRENT; quarter++) {
      for (const by of inspecting) {
        const own = found.filter(
          (each) =>
            each.by === by && each.tale.month >= 0 && Math.floor(each.tale.month / QUARTER) === quarter,
        );
        if (own.length === 0 && by.level !== "city") continue;
        const random = new Random(`inspection ${by.key} ${quarter}`);
        const below = stations.filter(
          (plan) => plan !== by && within(by.path, plan.path) && plan.opensIn === 0 && !plan.movedIn,
        );
        const clean = random.shuffled(below).slice(0, by.level === "city" ? 6 : 2);
        const concerned = [...new Set([...own.map(({ plan }) => plan), ...clean])];
        this.inspection(by, quarter, concerned, own, random);
      }
    }
    this.calledOff();
    this.planned(stations);
  }

  private inspection(
    by: StationPlan,
    quarter: number,
    concerned: readonly StationPlan[],
    found: readonly Found[],
    random: Random,
  ): void {
    const { calendar } = this;
    const startsOn = calendar.firstDay(quarter * QUARTER);
    const lastMonth = Math.min(quarter * QUARTER + QUARTER - 1, CURRENT);
    const endsOn = lastDay(calendar.period(lastMonth));
    const over = lastMonth < CURRENT;
    const themes = by.level === "city" ? CITY_THEMES : TOWN_THEMES;
    const theme = themes[quarter % themes.length] ?? "";
    const codes = [...new Set(found.map(({ row }) => row.itemCode))];
    const visits = concerned.map((plan, place) => {
      const days = found
        .filter((each) => each.plan === plan)
        .map(({ row }) => row.openedOn)
        .sort();
      const usual = addDays(startsOn, random.int(3, 24));
      const seen = over || usual < calendar.today;
      // Some of those where nothing was found are still to be visited while it is under way.
      const visitedOn = days[0] ?? (seen && (over || place % 2 === 0) ? usual : null);
      return { plan, visitedOn, clean: days.length === 0 };
    });
    const circular = over ? this.circular(by, endsOn, visits, found) : null;
    this.write(by, {
      theme,
      startsOn,
      endsOn,
      state: over ? "concluded" : "under_way",
      circular,
      version: over ? 3 : 2,
      codes: codes.filter((code) => code != null),
      words: ["窗口服务和接待记录"],
      visits,
      random,
    });
    const id = this.rows.inspections.at(-1)?.id ?? null;
    for (const { row } of found) row.inspectionId = id;
  }

  private circular(
    by: StationPlan,
    endsOn: LocalDate,
    visits: readonly { visitedOn: LocalDate | null }[],
    found: readonly Found[],
  ): Circular {
    const of = (severity: string) => found.filter(({ row }) => row.severity === severity).length;
    const closed = found.filter(({ tale }) => tale.closedOn !== null && tale.closedOn <= endsOn).length;
    return {
      text: "各站点总体重视，制度基本落实。对发现的问题要逐项整改、举一反三，按期报送整改情况，逾期未改的将纳入年度考评。",
      stations: visits.length,
      visited: visits.filter(({ visitedOn }) => visitedOn !== null).length,
      findings: { minor: of("minor"), major: of("major"), grave: of("grave") },
      closed,
      concludedOn: endsOn,
      by: by.head.name,
    };
  }

  /** Announced for a month long past, and overtaken by another inspection. */
  private calledOff(): void {
    const { root, calendar } = this;
    const startsOn = calendar.firstDay(4);
    this.write(root, {
      theme: "军休服务保障专项督查",
      startsOn,
      endsOn: addDays(startsOn, 10),
      state: "called_off",
      calledOffReason: "与省厅同期检查合并进行。",
      version: 2,
      codes: ["G8"],
      words: [],
      visits: this.homes().map((plan) => ({ plan, visitedOn: null, clean: true })),
      random: new Random(`inspection ${root.key} called off`),
    });
  }

  private homes(): StationPlan[] {
    const plans = this.accounts.flatMap(({ roles }) => roles.map(({ station }) => station));
    const homes = plans.filter(({ kind }) => kind === "cadre_home");
    return [...new Set(homes.length > 0 ? homes : plans.filter(({ level }) => level === "town"))].slice(0, 1);
  }

  /** Ahead of today, its stations drawn by lot as the service draws them. */
  private planned(stations: readonly StationPlan[]): void {
    const { root, calendar } = this;
    const random = new Random(`inspection ${root.key} planned`);
    const pool = stations.filter(({ level, kind }) => level === "village" && kind === "station");
    const seed = random.id(this.at(calendar.today, 0));
    const draw: Draw = { seed, pool: pool.map(({ code }) => code).sort(), size: Math.min(8, pool.length) };
    const hash = (code: string) => createHash("sha256").update(`${seed} ${code}`).digest("hex");
    const drawn = [...pool].sort((a, b) => (hash(a.code) < hash(b.code) ? -1 : 1)).slice(0, draw.size);
    const startsOn = addDays(calendar.today, 7);
    this.write(root, {
      theme: "年底走访慰问落实情况抽查",
      startsOn,
      endsOn: addDays(startsOn, 14),
      unannounced: true,
      state: "planned",
      draw,
      version: 1,
      codes: ["S6", "G6"],
      words: ["节日走访登记"],
      visits: drawn.map((plan) => ({ plan, visitedOn: null, clean: true })),
      random,
    });
  }

  private write(
    by: StationPlan,
    told: {
      theme: string;
      startsOn: LocalDate;
      endsOn: LocalDate;
      unannounced?: boolean;
      state: "planned" | "under_way" | "concluded" | "called_off";
      circular?: Circular | null;
      calledOffReason?: string;
      draw?: Draw;
      version: number;
      codes: readonly string[];
      words: readonly string[];
      visits: readonly { plan: StationPlan; visitedOn: LocalDate | null; clean: boolean }[];
      random: Random;
    },
  ): void {
    const { cityId, rows, calendar } = this;
    const planned = addDays(told.startsOn, -5);
    const createdAt = this.at(earlier(planned, calendar.today), 0);
    const id = told.random.id(createdAt);
    const year = Number(planned.slice(0, 4));
    const number = (this.numbers.get(`${by.id} ${year}`) ?? 0) + 1;
    this.numbers.set(`${by.id} ${year}`, number);
    const { theme, startsOn, endsOn, state, circular = null, unannounced = false } = told;
    const own = { cityId, path: by.path, stationId: by.id };
    rows.inspections.push({
      ...own,
      ...{ id, year, number, theme, state, startsOn, endsOn, unannounced, circular },
      note: by.level === "city" ? "按年度督查计划进行，采取听、看、查、访的方式。" : "",
      draw: told.draw ?? null,
      calledOffReason: told.calledOffReason ?? null,
      createdAt,
      createdBy: by.head.name,
      version: told.version,
    });
    const items = [
      ...told.codes.flatMap((code) => {
        const item = this.itemOf(code);
        return item ? [{ code, nameZh: item.name.zh, nameEn: item.name.en }] : [];
      }),
      ...told.words.map((word) => ({ code: null, nameZh: word, nameEn: word })),
    ];
    items.forEach((item, place) => {
      rows.items.push({ ...own, inspectionId: id, place, ...item });
    });
    const people = this.accounts.filter(({ roles }) =>
      roles.some(
        ({ station, role }) =>
          station === by && ["city_admin", "city_overseer", "head", "clerk"].includes(role),
      ),
    );
    for (const { id: userId, name } of people.filter(
      ({ roles }) => !roles.some(({ station }) => told.visits.some(({ plan }) => plan === station)),
    ))
      rows.inspectors.push({ ...own, inspectionId: id, userId, name });
    for (const { plan, visitedOn, clean } of told.visits) {
      rows.stations.push({
        cityId,
        path: plan.path,
        stationId: plan.id,
        inspectionId: id,
        byStationId: by.id,
        byStationName: by.name,
        ...{ year, number, theme, startsOn, endsOn, unannounced, state, visitedOn, circular },
        visitedBy: visitedOn === null ? null : by.head.name,
        visitNote:
          visitedOn === null
            ? ""
            : clean
              ? "场所整洁，制度齐全，未发现问题。"
              : "现场查看场所、台账，与工作人员座谈。",
      });
    }
  }
}

const SAID = {
  close: "现场复查，整改到位，同意销号。",
  send_back: "整改不彻底，请继续落实并补充照片。",
  extend: "涉及资金和施工安排，同意延期。",
  withdraw: "",
  urge: "已超过整改期限，请本周内报送进展。",
};
