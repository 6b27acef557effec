import { ratioOf, toCodes } from "@muster/domain/indicator";
import { addDays, firstDay, type LocalDate, type Period, periodOf } from "@muster/domain/period";
import { asValue } from "@muster/domain/standard";
import type { ScopedTx } from "../../scope";
import { cityCatalogue } from "../catalogue";
import { staffMeasures } from "../staff/measures";
import { stoodOn } from "../stations/row";
import type { Measure, Measured, Source } from "./measure";
import { CARDS_SOURCE, CONTACTS_SOURCE, DUE_SOURCE } from "./registers";

/** Posts and staff as the station's facts have them on the day. */
const factsSource: Source = {
  names: ["staff.posts", "staff.filled", "staff.full_time"],
  async load(tx, stations, day) {
    const rows = await tx.sql<{ id: number; posts: number; fullTime: number }[]>`
      select distinct on (station_id) station_id as id, approved_posts as posts, full_time as "fullTime"
      from station_facts where city_id = ${tx.scope.cityId}
        and station_id = any(${stations.map(({ id }) => id)}) and valid_from <= ${day}
      order by station_id, valid_from desc`;
    const measure = (value: number): Measure => ({ value, count: 1, origin: { kind: "facts" } });
    return new Map(
      rows.map(({ id, posts, fullTime }) => {
        const known: Record<string, Measure> = {
          "staff.posts": measure(posts),
          "staff.full_time": measure(fullTime),
        };
        // Without a post there is no share of posts.
        if (posts > 0) known["staff.filled"] = measure(asValue((100 * fullTime) / posts));
        return [id, known];
      }),
    );
  },
};

/** Accounts that were put up within this many days count as disclosed: they are put up once a year. */
const DISCLOSED_DAYS = 366;

/** Premises and money as the station's page has them on the day. */
const premisesSource: Source = {
  names: ["premises.area", "premises.rooms", "funds.yearly", "funds.disclosed"],
  async load(tx, stations, day) {
    const rows = await tx.sql<
      { id: number; area: number; rooms: number; funds: number; disclosed: boolean }[]
    >`
      select distinct on (station_id) station_id as id, area, rooms, yearly_funds as funds,
        coalesce(disclosed_on <= ${day} and disclosed_on > ${addDays(day, -DISCLOSED_DAYS)}, false) as disclosed
      from station_premises where city_id = ${tx.scope.cityId}
        and station_id = any(${stations.map(({ id }) => id)}) and valid_from <= ${day}
      order by station_id, valid_from desc`;
    const measure = (value: number): Measure => ({ value, count: 1, origin: { kind: "facts" } });
    return new Map(
      rows.map(({ id, area, rooms, funds, disclosed }) => [
        id,
        {
          "premises.area": measure(area),
          "premises.rooms": measure(rooms),
          "funds.yearly": measure(funds),
          "funds.disclosed": measure(Number(disclosed)),
        },
      ]),
    );
  },
};

/** A head holds the post: somebody has that role at the station. */
const peopleSource: Source = {
  names: ["staff.head"],
  async load(tx, stations) {
    const rows = await tx.sql<{ id: number; heads: number }[]>`
      select station_id as id, count(*)::int as heads from membership
      where city_id = ${tx.scope.cityId} and station_id = any(${stations.map(({ id }) => id)})
        and role in ('head', 'village_head') and ended_at is null and not suspended
      group by station_id`;
    return new Map(
      rows.map(({ id, heads }) => [
        id,
        { "staff.head": { value: 1, count: heads, origin: { kind: "people" } } },
      ]),
    );
  },
};

/** Stations below that stand, of those that have to. */
const coverageSource: Source = {
  names: ["stations.coverage"],
  async load(tx, stations, day) {
    const rows = await tx.sql<{ id: number; required: number; open: number }[]>`
      select top.id, count(*) filter (where s.required)::int as required,
        count(*) filter (where s.required and ${stoodOn(tx, day)})::int as open
      from station top join station s on s.city_id = ${tx.scope.cityId}
        and s.path > top.path and s.path < top.path || chr(1114111)
        and s.opened_on <= ${day} and s.merged_into is null
      where top.city_id = ${tx.scope.cityId} and top.id = any(${stations.map(({ id }) => id)})
      group by top.id`;
    return new Map(
      rows.flatMap(({ id, required, open }) =>
        required === 0
          ? []
          : [
              [
                id,
                {
                  "stations.coverage": {
                    value: asValue((100 * open) / required),
                    count: required,
                    origin: { kind: "stations" as const },
                  },
                },
              ] as const,
            ],
      ),
    );
  },
};

const RATIOS = {
  "figures.ratio": "B06",
  "figures.archive": "A10",
  "figures.secretaries": "B08",
} as const;

/**
 * Figures of the latest month before the day that was accepted: of a station without others below, its own report;
 * else what its subtree adds up to. Boards hang at the station itself. Closing on time is asked of the year so far.
 */
const figuresSource: Source = {
  names: [...Object.keys(RATIOS), "figures.boards", "figures.on_time"],
  async load(tx, stations, day) {
    const catalogue = await cityCatalogue(tx);
    const before = periodOf(day);
    const { cityId } = tx.scope;
    const ids = stations.map(({ id }) => id);
    const year = periodOf(firstDay(`${day.slice(0, 4)}-01` as Period));
    type Row = { id: number; period: Period; figures: (number | null)[] };
    const [own, sums, registers] = await Promise.all([
      tx.sql<Row[]>`
        select station_id as id, period, figures from monthly_report
        where city_id = ${cityId} and station_id = any(${ids}) and status in ('accepted', 'locked')
          and period < ${before} and period >= ${monthsBack(before)} order by period desc`,
      tx.sql<Row[]>`
        select station_id as id, period, accepted as figures from rollup
        where city_id = ${cityId} and station_id = any(${ids}) and accepted_count > 0
          and period < ${before} and period >= ${monthsBack(before)} order by period desc`,
      registersInUse(tx, ids, day),
    ]);
    return new Map(
      stations.map(({ id, level }) => {
        const inUse = registers.get(id);
        const reports = own.filter((row) => row.id === id);
        const subtree = sums.filter((row) => row.id === id);
        const months = subtree.length > 0 ? subtree : reports;
        const known: Record<string, Measure> = {};
        const [latest] = months;
        if (latest) {
          const at = catalogue.at(latest.period);
          const codes = toCodes(at.indicators, latest.figures);
          for (const [name, code] of Object.entries(RATIOS)) {
            const ratio = at.byCode.get(code)?.ratio;
            const value = ratio ? ratioOf(ratio, codes, level) : null;
            if (value === null) continue;
            // Fewer per worker is better: a ratio just above the limit must not be cut down to it.
            const cut = name === "figures.ratio" ? -asValue(-value + 0.01 - 1e-6) : asValue(value);
            const register =
              name === "figures.archive" && inUse?.people ? { register: "people" as const } : {};
            known[name] = {
              value: cut,
              count: 1,
              origin: { kind: "report", period: latest.period, ...register },
            };
          }
        }
        const [report] = reports;
        const boards = report && toCodes(catalogue.at(report.period).indicators, report.figures).F01;
        if (report && boards !== null && boards !== undefined) {
          known["figures.boards"] = {
            value: boards,
            count: 1,
            origin: { kind: "report", period: report.period },
          };
        }
        const closed = months
          .filter(({ period }) => period >= year)
          .map(({ period, figures }) => toCodes(catalogue.at(period).indicators, figures));
        const all = closed.reduce((sum, { D04 }) => sum + (D04 ?? 0), 0);
        const onTime = closed.reduce((sum, { D04A }) => sum + (D04A ?? 0), 0);
        if (latest && all > 0) {
          known["figures.on_time"] = {
            value: asValue((100 * onTime) / all),
            count: all,
            origin: {
              kind: "report",
              period: latest.period,
              ...(inUse?.petitions ? { register: "petitions" as const } : {}),
            },
          };
        }
        return [id, known];
      }),
    );
  },
};

/** Whether the archive of people and the ledger of petitions have records of some stations or those below on a day. */
async function registersInUse(
  tx: ScopedTx,
  ids: number[],
  day: LocalDate,
): Promise<Map<number, { people: boolean; petitions: boolean }>> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<{ id: number; people: boolean; petitions: boolean }[]>`
    select s.id,
      exists (select from person p where p.city_id = ${cityId} and p.path >= s.path
        and p.path < s.path || chr(1114111) and p.registered_on <= ${day}) as people,
      exists (select from petition p where p.city_id = ${cityId} and p.path >= s.path
        and p.path < s.path || chr(1114111) and p.received_on <= ${day}) as petitions
    from station s where s.city_id = ${cityId} and s.id = any(${ids})`;
  return new Map(rows.map(({ id, ...inUse }) => [id, inUse]));
}

/** Figures older than a year say nothing of today. */
function monthsBack(before: Period): Period {
  return `${Number(before.slice(0, 4)) - 1}${before.slice(4)}` as Period;
}

/** The staff register, where a station keeps one: roster, posts, trainings, liaison officers, leading group. */
const staffSource: Source = {
  names: [
    "staff.head",
    "staff.posts",
    "staff.filled",
    "staff.full_time",
    "staff.trained",
    "staff.veterans",
    "staff.liaisons",
    "staff.leading_group",
  ],
  async load(tx, stations, day) {
    const measures = await staffMeasures(
      tx,
      stations.map(({ id }) => id),
      day,
    );
    return new Map(
      [...measures].map(([id, known]) => {
        const said: Record<string, number | null> = {
          "staff.head": known.headInPost,
          "staff.posts": known.approvedPosts,
          "staff.filled": known.filledShare,
          "staff.full_time": known.fullTime,
          "staff.trained": known.trainedShare,
          "staff.veterans": known.veteranShare,
          "staff.liaisons": known.liaisonCover,
          "staff.leading_group":
            known.leadingGroupChaired === null ? null : Number(known.leadingGroupChaired),
        };
        const measured = Object.entries(said).flatMap(([name, value]) =>
          value === null
            ? []
            : [[name, { value: asValue(value), count: 1, origin: { kind: "staff" as const } }] as const],
        );
        return [id, Object.fromEntries(measured)];
      }),
    );
  },
};

/** In this order: where a register and an older source both answer, the register does. */
const SOURCES: readonly Source[] = [
  factsSource,
  premisesSource,
  peopleSource,
  coverageSource,
  figuresSource,
  staffSource,
  CONTACTS_SOURCE,
  DUE_SOURCE,
  CARDS_SOURCE,
];

/** What the records say of these stations on a day, by source. Stations outside the scope are absent. */
export async function measuresOf(
  tx: ScopedTx,
  stations: readonly Measured[],
  day: LocalDate,
): Promise<Map<number, Record<string, Measure>>> {
  const answers = await Promise.all(SOURCES.map((source) => source.load(tx, stations, day)));
  return new Map(
    stations.map(({ id }) => [id, Object.assign({}, ...answers.map((answer) => answer.get(id) ?? {}))]),
  );
}

/** Every name an item may give as its source. */
export function knownSources(): string[] {
  return [...new Set(SOURCES.flatMap(({ names }) => names))];
}
