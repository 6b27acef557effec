import { judge, type Values } from "@muster/domain/assessment";
import { addDays, localDate } from "@muster/domain/period";
import { itemsFor, thresholdAt } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import { setInForce } from "../queries/standards/read";
import { standByAssessments } from "../queries/standings/compliance";
import { standByRoster } from "../queries/standings/roster";
import { assessment } from "../schema/assessment";
import type { ScopedTx } from "../scope";
import { insertAll, rowsOf } from "../seed/bulk";

/** A station of the benchmark's city, as far as its records go. */
interface Assessed {
  index: number;
  id: number;
  path: string;
  name: string;
  level: Level;
  parent: { name: string } | null;
}

/** What a station that fails its assessment fails, in turn. */
const MANDATORY = ["E1", "G7", "G1", "O1"];
/** What any station may miss. */
const OTHERS = ["G3", "S3", "X1", "G8"];

/**
 * Rosters, posts, trainings and this year's assessments of a city as large as the benchmark's, as if each had been
 * entered by hand: a head and a worker in each village, five people in each station above, one training a town, and
 * an assessment with some fifty values for all stations but one in thirty, one in seven of which fails.
 */
export async function layRegisters(tx: ScopedTx, nodes: readonly Assessed[]): Promise<void> {
  await layStaff(tx);
  await layAssessments(tx, nodes);
}

/** How all stations stand by what was laid. Needs its statistics first: without them a large city takes minutes. */
export async function layStandings(tx: ScopedTx): Promise<void> {
  await standByRoster(tx, null);
  await standByAssessments(tx, null);
}

async function layStaff({ sql, scope, caller }: ScopedTx): Promise<void> {
  const { cityId } = scope;
  const year = localDate(caller.now).slice(0, 4);
  await sql`
    insert into staff (city_id, path, id, station_id, staff_id, name, post, employment, head, secretary, veteran,
      valid_from)
    select s.city_id, s.path, gen_random_uuid(), s.id, gen_random_uuid(), s.name || n, '工作人员',
      case when s.level = 'village' and n = 1 then 'concurrent' when n = 5 then 'part_time' else 'full_time' end,
      n = 1, n = 1 and s.level = 'village', (s.sort + n) % 3 = 0, '2019-01-01'
    from station s cross join generate_series(1, 5) n
    where s.city_id = ${cityId} and n <= case s.level when 'village' then 2 else 5 end`;
  await sql`
    insert into staff_posts (city_id, path, station_id, valid_from, posts)
    select city_id, path, id, '2019-01-01', case level when 'village' then 1 else 5 end from station
    where city_id = ${cityId}`;
  await sql`
    insert into training (city_id, path, id, station_id, subject, held_on, hours, created_at)
    select city_id, path, gen_random_uuid(), id, '业务培训', ${`${year}-01-02`}, 8, now() from station
    where city_id = ${cityId} and level = 'town'`;
  await sql`
    insert into training_attendance (city_id, path, station_id, training_id, staff_id, subject, held_on, hours)
    select f.city_id, f.path, f.station_id, t.id, f.staff_id, t.subject, t.held_on, t.hours
    from training t join staff f on f.city_id = t.city_id and f.path >= t.path and f.path < t.path || chr(1114111)
    where t.city_id = ${cityId} and f.city_id = ${cityId} and not f.head`;
}

async function layAssessments(tx: ScopedTx, nodes: readonly Assessed[]): Promise<void> {
  const { cityId } = tx.scope;
  const today = localDate(tx.caller.now);
  const set = await setInForce(tx, today);
  if (!set) throw new Error("the city has standards");
  const year = Number(today.slice(0, 4));
  const rows = nodes.slice(1).flatMap((node) => {
    if (node.index % 30 === 0) return [];
    const missed = [
      ...(node.index % 7 === 0 ? [MANDATORY[node.index % 4]] : []),
      ...(node.index % 3 === 0 ? [OTHERS[node.index % 4]] : []),
    ];
    const values: Values = Object.fromEntries(
      itemsFor(set, node.level).map((item) => {
        const asked = thresholdAt(item, node.level);
        const good = asked === null || asked.comparison === "yes" ? 1 : asked.value;
        return [
          item.code,
          { value: missed.includes(item.code) ? 0 : good, notApplicable: false, remark: "" },
        ];
      }),
    );
    const { points, fiveHaves, grade } = judge(set, node.level, values);
    const checkedOn = addDays(today, -(node.index % 200) - 1);
    const at = new Date(`${checkedOn}T10:00:00+08:00`);
    return [
      {
        ...{ cityId, path: node.path, stationId: node.id, year, round: 1, setNumber: set.setNumber },
        ...{ level: node.level, status: "checked" as const, submittedAt: at, submittedBy: node.name },
        ...{ checkedAt: at, checkedBy: node.parent?.name ?? "", checkedOn, checkedFiveHaves: fiveHaves },
        ...{ points, fiveHaves, grade },
        values,
      },
    ];
  });
  await insertAll(
    tx,
    rowsOf(
      assessment,
      rows.map(({ values: _, ...row }) => row),
    ),
  );
  // Both sides said the same: the station itself and its parent.
  for (let from = 0; from < rows.length; from += 500) {
    const said = rows.slice(from, from + 500).map(({ stationId, path, values }) => ({
      stationId,
      path,
      values: Object.fromEntries(Object.entries(values).map(([code, said]) => [code, said?.value])),
    }));
    await tx.sql`
      insert into assessment_value (city_id, path, station_id, year, round, code, stage, value, at, by_name)
      select ${cityId}, r.path, r."stationId", ${year}, 1, v.key, g.stage, v.value::float8, now(), '站长'
      from json_to_recordset(${JSON.stringify(said)}::text::json) as r("stationId" bigint, path text, values json)
      cross join lateral json_each_text(r.values) v
      cross join (values ('self'), ('check')) g(stage)`;
  }
}
