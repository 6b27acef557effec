import { addDays, type LocalDate, localDate, periodOf } from "@muster/domain/period";
import type { Pool } from "../client";
import { listPeople, type PeopleFilter } from "../queries/people/list";
import { spellingOf } from "../queries/people/names";
import { sealBasics } from "../queries/people/row";
import { person, personCategory } from "../schema/person";
import { type Caller, newId, systemCaller, withScope } from "../scope";
import { insertAll, rowsOf } from "../seed/bulk";
import { personName } from "../seed/demo/names";
import { Random } from "../seed/demo/random";
import { idNumberOf } from "../testing/id-numbers";
import { type BenchCity, type Node, scopesOf } from "./city";
import type { Effort } from "./effort";
import { benchKeys } from "./keys";
import type { Rate } from "./measure";
import { callerAt } from "./steps";

/** People of one transaction. */
const BATCH = 10_000;
/** Categories as a city has them: most are soldiers who found work themselves or live in the countryside. */
const CATEGORIES = "31 31 31 31 31 55 55 55 33 33 30 30 34 50 53 40 41 42 60 22 24 12 10 52 54".split(" ");
const BORN_FIRST: LocalDate = "1930-01-01";
const BORN_DAYS = 27_000;

/** Fills the archives of a city's villages until there are so many people, some villages with thrice as many as others. */
export async function layPeople(pool: Pool, city: BenchCity, people: number): Promise<void> {
  const random = new Random("bench people");
  const there = await inCity(pool, city, true, async ({ sql }) => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from person where city_id = ${city.cityId}`;
    return row?.n ?? 0;
  });
  for (let laid = there; laid < people; laid += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, people - laid) }, (_, i) =>
      personRow(city, random, villageOf(city, random), laid + i),
    );
    await inCity(pool, city, false, async (tx) => {
      await insertAll(
        tx,
        rowsOf(
          person,
          rows.map(({ row }) => row),
        ),
      );
      await insertAll(
        tx,
        rowsOf(
          personCategory,
          rows.flatMap(({ categories }) => categories),
        ),
      );
    });
  }
}

function inCity<T>(
  pool: Pool,
  city: BenchCity,
  readOnly: boolean,
  fn: Parameters<typeof withScope<T>>[3],
): Promise<T> {
  return withScope(pool, systemCaller(city.cityId, new Date(), "bench"), { readOnly }, fn);
}

function villageOf(city: BenchCity, random: Random): Node {
  const all = city.villages.length;
  // Two draws, the lower one counts: the first villages of the list are the large ones.
  const at = Math.min(random.int(0, all - 1), random.int(0, all + Math.floor(all / 2)));
  return city.villages[at] as Node;
}

function personRow(city: BenchCity, random: Random, village: Node, order: number) {
  const { cityId } = city;
  const id = newId();
  const name = personName(random);
  const sex = random.int(1, 8) === 1 ? "female" : "male";
  const bornOn = addDays(BORN_FIRST, random.int(0, BORN_DAYS));
  const idNumber = idNumberOf(bornOn, sex, order);
  const phone = `139${String(order).padStart(8, "0")}`;
  const place = { cityId, path: village.path, stationId: village.id };
  const sealed = sealBasics(benchKeys, cityId, id, { idNumber: `${idNumber}/${order}`, phone });
  const complete = random.int(1, 4) > 1;
  const codes = [
    ...new Set([random.pick(CATEGORIES), ...(random.int(1, 5) === 1 ? [random.pick(CATEGORIES)] : [])]),
  ].sort();
  const row: typeof person.$inferInsert = {
    ...place,
    id,
    personId: newId(),
    name,
    ...spellingOf(name),
    sex,
    bornOn,
    ...sealed,
    // So many are born on the same days that some numbers repeat: what is sealed says which of them it is, the ending is real.
    tailIndex: benchKeys.blind(cityId, "person.tail", idNumber.slice(-4)),
    livingAlone: random.int(1, 9) === 1,
    emptyNest: random.int(1, 7) === 1,
    categories: codes,
    plaque: random.int(1, 10) > 1,
    cardSince: random.int(1, 3) > 1 ? "2023-05-01" : null,
    completeness: complete ? 100 : random.int(40, 95),
    completeSince: complete ? "2024-01-01" : null,
    confirmedOn: null,
    activeFrom: "2020-01-01",
    wayIn: "new",
    leftOn: random.int(1, 30) === 1 ? "2025-06-01" : null,
    wayOut: null,
    registeredOn: "2020-01-01",
    updatedAt: new Date(),
  };
  if (row.leftOn) row.wayOut = "died";
  const categories: (typeof personCategory.$inferInsert)[] = codes.map((code) => ({
    ...place,
    recordId: id,
    id: newId(),
    code,
    validFrom: "2020-01-01",
  }));
  return { row, categories };
}

/** What is asked of a list: pages with filters, and searches. */
const LISTS: Record<string, PeopleFilter> = {
  all: {},
  "one category": { category: "31" },
  "a rare category": { category: "12" },
  "a large group": { group: "veteran" },
  "a small group": { group: "bereaved" },
  "80 to 90": { age: "from_80" },
  "living alone": { flag: "living_alone" },
  "group, age and flag": { group: "entitled", age: "from_80", flag: "living_alone" },
  incomplete: { archive: "incomplete" },
  due: { archive: "due" },
  left: { state: "left" },
};
const SEARCHES: Record<string, PeopleFilter> = {
  surname: { q: "王" },
  name: { q: "王建国" },
  "one letter": { q: "w" },
  initials: { q: "wjg" },
  pinyin: { q: "wangjian" },
  "last four": { q: "1234" },
  "surname in a group": { q: "李", group: "veteran" },
  nobody: { q: "不存在" },
};
const PAGE = 50;

/** Runs operations at some connections, and counts what they took. */
export type Loop = (operations: readonly (() => Promise<void>)[]) => Promise<Rate & Effort>;

/** How long pages of one list take, asked again and again at some connections. */
export interface ListRate extends Rate, Effort {
  list: string;
  scope: string;
}

/** Pages of people as the list asks for them, the first one and one far back, in the scope of each level. */
export async function readPeople(
  pool: Pool,
  city: BenchCity,
  ask: Loop,
  times: number,
): Promise<{ lists: ListRate[]; searches: ListRate[] }> {
  const measured = { lists: [] as ListRate[], searches: [] as ListRate[] };
  const far = { pinyin: "m", id: "00000000-0000-0000-0000-000000000000" };
  for (const [scope, node] of scopesOf(city)) {
    for (const [kind, filters] of [
      ["lists", LISTS],
      ["searches", SEARCHES],
    ] as const) {
      for (const [list, filter] of Object.entries(filters)) {
        const rate = await ask(
          Array.from({ length: times }, (_, i) => async () => {
            await withScope(pool, readerAt(city, node), { readOnly: true }, (tx) =>
              listPeople(tx, benchKeys, {
                filter,
                limit: PAGE,
                ...(kind === "lists" && i % 3 === 2 ? { after: far } : {}),
              }),
            );
          }),
        );
        measured[kind].push({ list, scope, ...rate });
      }
    }
  }
  return measured;
}

/** Somebody at a station who reads today. */
export function readerAt(city: BenchCity, node: Node): Caller {
  const now = new Date();
  return { ...callerAt(city, node, periodOf(localDate(now))), now };
}
