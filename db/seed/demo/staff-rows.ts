import { addDays, firstDay, type LocalDate, partsOf } from "@muster/domain/period";
import type { Education, Employment } from "@muster/domain/staff";
import type {
  leadingGroup,
  liaisonCover,
  staff,
  staffPosts,
  training,
  trainingAttendance,
} from "../../schema/staff";
import type { Account } from "./accounts";
import { type Calendar, CURRENT } from "./calendar";
import { personName } from "./names";
import type { StationPlan } from "./plan";
import { Random } from "./random";

type StaffRow = typeof staff.$inferInsert;

export interface StaffRegister {
  staff: StaffRow[];
  posts: (typeof staffPosts.$inferInsert)[];
  leaders: (typeof leadingGroup.$inferInsert)[];
  covers: (typeof liaisonCover.$inferInsert)[];
  trainings: (typeof training.$inferInsert)[];
  attendance: (typeof trainingAttendance.$inferInsert)[];
}

/** Schooling, the commoner the more often. */
const SCHOOLING: readonly Education[] = ["senior", "college", "college", "bachelor", "bachelor", "senior"];
const AT = new Date("2024-01-08T09:00:00+08:00");
/** Staff of a bureau: the demo's plan has none for the city itself. */
const CITY_STAFF = 6;

/**
 * The staff register of a demo city. At every month's end it says what the stations' facts say of full-time staff
 * and veteran secretaries: the figures that were filed come from either.
 */
export function staffRegister(
  cityId: number,
  stations: readonly StationPlan[],
  accounts: readonly Account[],
  calendar: Calendar,
): StaffRegister {
  const register: StaffRegister = {
    staff: [],
    posts: [],
    leaders: [],
    covers: [],
    trainings: [],
    attendance: [],
  };
  const named = namesOf(accounts);
  for (const plan of stations) {
    register.staff.push(...staffOf(cityId, plan, named, calendar));
    register.posts.push(...postsOf(cityId, plan));
    if (plan.level !== "village") register.leaders.push(...leadersOf(cityId, plan));
  }
  const byStation = new Map<number, StaffRow[]>();
  for (const row of register.staff) {
    byStation.set(row.stationId, [...(byStation.get(row.stationId) ?? []), row]);
  }
  for (const plan of stations.filter((s) => s.level !== "village")) {
    const below = stations.filter((s) => s.parent === plan);
    register.covers.push(...coversOf(cityId, plan, below, byStation.get(plan.id) ?? []));
    tellTrainings(cityId, plan, [plan, ...below], byStation, calendar, register);
  }
  return register;
}

/** People with an account at a station besides its head, by the station's key. */
function namesOf(accounts: readonly Account[]): Map<string, string> {
  return new Map(
    accounts.flatMap(({ name, roles }) =>
      roles
        .filter(({ role }) => role === "clerk" || role === "village_liaison")
        .map(({ station }) => [station.key, name] as const),
    ),
  );
}

/** The head and the workers of a station, each with what changed on a day of the year told. */
function staffOf(
  cityId: number,
  plan: StationPlan,
  named: ReadonlyMap<string, string>,
  calendar: Calendar,
): StaffRow[] {
  const random = new Random(`staff ${plan.key}`);
  const village = plan.level === "village";
  const home = plan.spec?.kind === "cadre_home";
  const from = (month: number) => (month <= plan.opensIn ? plan.openedOn : calendar.firstDay(month));
  const rows: StaffRow[] = [];
  const add = (
    name: string,
    post: string,
    employment: Employment,
    validFrom: LocalDate,
    marks: Partial<Pick<StaffRow, "head" | "secretary" | "veteran">> = {},
  ): StaffRow => {
    const number = random.int(1000, 9999);
    const row: StaffRow = {
      cityId,
      path: plan.path,
      id: random.id(AT),
      stationId: plan.id,
      staffId: random.id(AT),
      name,
      post,
      employment,
      head: false,
      secretary: false,
      veteran: random.chance(0.35),
      phone: `139 0000 ${number}`,
      education: random.pick(SCHOOLING),
      validFrom,
      validTo: null,
      version: 1,
      ...marks,
    };
    rows.push(row);
    return row;
  };

  const electedIn = firstMonth(plan, (month) => plan.facts[month]?.veteranSecretary === true);
  if (village) {
    const post = home ? "服务点负责人" : "村站长";
    const head = add(plan.head.name, post, "concurrent", plan.openedOn, {
      head: true,
      secretary: !home,
      veteran: false,
    });
    if (electedIn !== null) {
      head.veteran = true;
      // Elected in the year told: until then they led the station without leading the branch.
      if (electedIn > plan.opensIn) {
        const on = calendar.firstDay(electedIn);
        rows.push({ ...head, id: random.id(AT), validFrom: on });
        Object.assign(head, { secretary: false, validTo: on });
      }
    }
  } else {
    const post = plan.level === "city" ? "服务中心主任" : home ? "所长" : "镇站长";
    add(plan.head.name, post, "full_time", plan.openedOn, { head: true });
  }

  // The head of a station above the villages is one of its full-time staff.
  const leading = village ? 0 : 1;
  const workers = plan.level === "city" ? CITY_STAFF : Math.max(0, ...plan.facts.map((f) => f.fullTime));
  for (let n = leading; n < workers; n++) {
    const month = plan.level === "city" ? 0 : firstMonth(plan, (m) => (plan.facts[m]?.fullTime ?? 0) > n);
    const first = n === leading ? named.get(plan.key) : undefined;
    const post = village ? "联络员" : n === leading ? "业务专干" : home ? "服务管理员" : "专职工作人员";
    add(first ?? personName(random), post, "full_time", from(month ?? 0));
  }
  const helpers = village ? 0 : (plan.facts[CURRENT]?.partTime ?? 2);
  for (let n = 0; n < helpers; n++) {
    add(personName(random), n % 2 === 0 ? "志愿服务协管" : "档案协管", "part_time", plan.openedOn);
  }
  return rows;
}

/** The first month the station reports in which something holds, or null when it never does. */
function firstMonth(plan: StationPlan, holds: (month: number) => boolean): number | null {
  for (let month = plan.opensIn; month <= CURRENT; month++) if (holds(month)) return month;
  return null;
}

function postsOf(cityId: number, plan: StationPlan): StaffRegister["posts"] {
  const posts = plan.level === "city" ? CITY_STAFF : plan.facts[CURRENT]?.approvedPosts;
  if (posts === undefined) return [];
  const year = plan.openedOn.slice(0, 4);
  const document = plan.level === "village" ? `镇编〔${year}〕12 号` : `市编办〔${year}〕37 号`;
  return [{ cityId, path: plan.path, stationId: plan.id, validFrom: plan.openedOn, posts, document }];
}

/** The Party secretary chairs, a deputy stands in, the station's head is a member. */
function leadersOf(cityId: number, plan: StationPlan): StaffRegister["leaders"] {
  const random = new Random(`leading group ${plan.key}`);
  const place = { city: "市委", town: "镇党委", district: "区委", village: "" }[plan.level];
  const home = plan.spec?.kind === "cadre_home";
  const people = [
    { role: "chair", name: personName(random), office: home ? "党总支书记" : `${place}书记` },
    { role: "deputy", name: personName(random), office: home ? "党总支副书记" : `${place}副书记` },
    { role: "member", name: plan.head.name, office: home ? "所长" : "退役军人服务站站长" },
  ] as const;
  return people.map((person) => ({
    cityId,
    path: plan.path,
    id: random.id(AT),
    stationId: plan.id,
    validFrom: plan.openedOn,
    validTo: null,
    ...person,
  }));
}

/** The stations below dealt out to the full-time staff. */
function coversOf(
  cityId: number,
  plan: StationPlan,
  below: readonly StationPlan[],
  own: readonly StaffRow[],
): StaffRegister["covers"] {
  const random = new Random(`covers ${plan.key}`);
  const officers = own.filter((row) => row.employment === "full_time" && row.validFrom === plan.openedOn);
  return below.flatMap((village, i) => {
    const officer = officers[i % officers.length];
    if (!officer) return [];
    return [
      {
        cityId,
        path: plan.path,
        id: random.id(AT),
        stationId: plan.id,
        staffId: officer.staffId,
        coveredId: village.id,
        validFrom: [plan.openedOn, village.openedOn].sort()[1] ?? plan.openedOn,
        validTo: null,
      },
    ];
  });
}

const SUBJECTS = ["优抚政策与业务规范", "信访接待与矛盾调解", "信息系统操作", "建档立卡与数据质量"];

/** Two batches a year for the station and those below it, as far as their days have come. */
function tellTrainings(
  cityId: number,
  plan: StationPlan,
  audience: readonly StationPlan[],
  byStation: ReadonlyMap<number, readonly StaffRow[]>,
  calendar: Calendar,
  register: StaffRegister,
): void {
  const random = new Random(`trainings ${plan.key}`);
  const { year } = partsOf(calendar.period(CURRENT));
  const first = firstDay(calendar.period(0));
  const days = [year - 1, year].flatMap((y) => [
    `${y}-03-${random.int(10, 27)}`,
    `${y}-09-${random.int(10, 27)}`,
  ]);
  days.forEach((heldOn, i) => {
    if (heldOn < first || heldOn > addDays(calendar.today, -1)) return;
    const id = random.id(AT);
    const subject = SUBJECTS[(i + plan.id) % SUBJECTS.length] ?? "业务培训";
    const hours = random.pick([4, 8, 16]);
    register.trainings.push({
      cityId,
      path: plan.path,
      id,
      stationId: plan.id,
      subject,
      heldOn,
      hours,
      batch: i % 2 === 0 ? "第一期" : "第二期",
      cancelledReason: null,
      createdAt: new Date(`${heldOn}T17:00:00+08:00`),
    });
    for (const station of audience) {
      for (const row of byStation.get(station.id) ?? []) {
        const serves = row.validFrom <= heldOn && (!row.validTo || row.validTo > heldOn);
        if (!serves || !random.chance(i % 2 === 0 ? 0.7 : 0.88)) continue;
        const { path, stationId, staffId } = row;
        register.attendance.push({
          ...{ cityId, path, stationId, trainingId: id, staffId },
          ...{ subject, heldOn, hours, attended: true },
        });
      }
    }
  });
}
