import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "./doctor";
import { demoDatabase, type TestDatabase } from "./testing/database";

const now = new Date("2026-11-21T06:00:00Z");

/** Something broken behind the application's back, how it is put back, and what the doctor must say of it. */
interface Break {
  what: string;
  harm: (sql: Sql) => Promise<unknown>;
  heal: (sql: Sql) => Promise<unknown>;
  says: RegExp;
  /** Only a recount of derived figures finds it. */
  recount?: true;
}

const LIUHE = "(select id from station where name = '柳河镇')";
const TRAINING = `(select id from training where station_id = ${LIUHE} order by held_on, id limit 1)`;
const BREAKS: Break[] = [
  {
    what: "a roll-up that says more than its reports",
    harm: (sql) =>
      sql.unsafe(
        `update rollup set accepted[1] = accepted[1] + 7 where period = '2026-10' and station_id = ${LIUHE}`,
      ),
    heal: (sql) =>
      sql.unsafe(
        `update rollup set accepted[1] = accepted[1] - 7 where period = '2026-10' and station_id = ${LIUHE}`,
      ),
    says: /^云岭市: The roll-up of station \d+ for 2026-10 says accepted 1420 in slot 0 where its reports say 1413\.$/,
  },
  {
    what: "a count of filed reports that is off",
    harm: (sql) =>
      sql.unsafe(`update rollup set filed = filed - 1 where period = '2026-03' and station_id = ${LIUHE}`),
    heal: (sql) =>
      sql.unsafe(`update rollup set filed = filed + 1 where period = '2026-03' and station_id = ${LIUHE}`),
    says: /^云岭市: The roll-up of station \d+ for 2026-03 says filed 64 where its reports say 65\.$/,
  },
  {
    what: "a station at a path that is not its parent's",
    harm: (sql) => sql`update station set path = '/9/9/' where name = '河湾村'`,
    heal: (sql) =>
      sql.unsafe(`update station set path = '/' || parent_id || '/' || id || '/' where name = '河湾村'`),
    says: /^云岭市: Station \d+ \(河湾村\) has the path \/9\/9\/ where \/\d+\/\d+\/ follows from its parent\.$/,
  },
  {
    what: "a station that keeps a wrong ancestry",
    harm: (sql) =>
      sql`update station set ancestors = jsonb_set(ancestors, '{1,name}', '"别处镇"') where name = '河湾村'`,
    heal: (sql) =>
      sql`update station set ancestors = jsonb_set(ancestors, '{1,name}', '"柳河镇"') where name = '河湾村'`,
    says: /^云岭市: Station \d+ \(河湾村\) keeps another ancestry than its parent's\.$/,
  },
  {
    what: "reports that did not move along with their station",
    harm: (sql) => sql`update monthly_report set path = '/8' || path where period = '2026-10' and station_id =
      (select id from station where name = '河湾村')`,
    heal: (
      sql,
    ) => sql`update monthly_report set path = substr(path, 3) where period = '2026-10' and station_id =
      (select id from station where name = '河湾村')`,
    says: /^云岭市: 1 rows of monthly_report do not stand at the path of station \d+ \(河湾村\)\.$/,
  },
  {
    what: "a roll-up that is gone",
    harm: (sql) =>
      sql.unsafe(
        `update rollup set reported_path = '/5/' where period = '2026-04' and station_id = ${LIUHE}`,
      ),
    heal: (sql) =>
      sql.unsafe(`update rollup set reported_path = path where period = '2026-04' and station_id = ${LIUHE}`),
    says: /^云岭市: 65 reports of 2026-04 have no roll-up at \/\d+\/ to be counted in\.$/,
  },
  {
    what: "a slot given to another indicator",
    harm: (sql) =>
      sql`update indicator set slot = 40 where code = 'F01' and city_id = (select city_id from city where name = '星河市')`,
    heal: (sql) =>
      sql`update indicator set slot = 36 where code = 'F01' and city_id = (select city_id from city where name = '星河市')`,
    says: /^星河市: Indicator F01 from 2019-03 is filed in slot 40, but has had slot 36 since it was made\.$/,
  },
  {
    what: "a ratio whose part was retired",
    harm: (sql) =>
      sql`update indicator set valid_to = '2026-05' where code = 'A09' and city_id = (select city_id from city where name = '星河市')`,
    heal: (sql) =>
      sql`update indicator set valid_to = null where code = 'A09' and city_id = (select city_id from city where name = '星河市')`,
    says: /^星河市: Indicator A10 needs A09, which is not in force in 2026-06\.$/,
  },
  {
    what: "a check that cannot be read",
    harm: (sql) =>
      sql`update check_rule set right_side = 'A01 +' where code = 'K02' and city_id = (select city_id from city where name = '星河市')`,
    heal: (sql) =>
      sql`update check_rule set right_side = 'A01' where code = 'K02' and city_id = (select city_id from city where name = '星河市')`,
    says: /^星河市: Check K02 from 2019-03 cannot be read \(right\): .+\.$/,
  },
  {
    what: "a check that holds twice",
    harm: (
      sql,
    ) => sql`insert into check_rule select city_id, path, code, '2026-01', valid_to, severity, left_side,
      comparison, right_side, message_zh, message_en, floor, sort from check_rule
      where code = 'K02' and city_id = (select city_id from city where name = '星河市')`,
    heal: (sql) => sql`delete from check_rule where code = 'K02' and valid_from = '2026-01'`,
    says: /^星河市: Check K02 holds twice from 2026-01 on\.$/,
  },
  {
    what: "a report that carries another figure than its records gave it",
    harm: (sql) =>
      sql`update monthly_report set remarks = jsonb_set(remarks, '{B01,register,value}', '0') where period = '2026-08'
        and station_id = (select id from station where name = '河湾村')`,
    heal: (sql) =>
      sql`update monthly_report set remarks = jsonb_set(remarks, '{B01,register,value}', '1') where period = '2026-08'
        and station_id = (select id from station where name = '河湾村')`,
    says: /^云岭市: The report of station \d+ for 2026-08 says B01 1 where its records said 0, and gives no reason\.$/,
    recount: true,
  },
  {
    what: "a role without an account",
    harm: (sql) =>
      sql`update membership set user_id = '00000000-0000-0000-0000-000000000001' where username = 'liuhe.clerk'`,
    heal: (sql) =>
      sql`update membership m set user_id = u.id from app_user u where u.username = m.username and m.username = 'liuhe.clerk'`,
    says: /^liuhe\.clerk \(.+\) has a role and no account\.$/,
  },
  {
    what: "a role that rests while its account does not",
    harm: (sql) => sql`update membership set suspended = true where username = 'liuhe.clerk'`,
    heal: (sql) => sql`update membership set suspended = false where username = 'liuhe.clerk'`,
    says: /^A role of liuhe\.clerk does not say whether the account is deactivated\.$/,
  },
  {
    what: "row-level security that is switched off",
    harm: (sql) => sql`alter table message disable row level security`,
    heal: (sql) => sql`alter table message enable row level security`,
    says: /^Row-level security is switched off on the table message\.$/,
  },
  {
    what: "a station with two heads",
    harm: (sql) =>
      sql.unsafe(`update staff set head = true where station_id = ${LIUHE} and post = '业务专干'`),
    heal: (sql) =>
      sql.unsafe(`update staff set head = false where station_id = ${LIUHE} and post = '业务专干'`),
    says: /^云岭市: Station \d+ has two heads at once\.$/,
  },
  {
    what: "attendances that differ from their training",
    harm: (sql) => sql.unsafe(`update training set hours = hours + 1 where id = ${TRAINING}`),
    heal: (sql) => sql.unsafe(`update training set hours = hours - 1 where id = ${TRAINING}`),
    says: /^云岭市: \d+ attendances of the training .+ differ from it in day or hours\.$/,
  },
  {
    what: "a standing that meets what its verified assessment does not",
    harm: (sql) =>
      sql.unsafe(
        `update station_standing set missed = array_append(missed, 'G4') where station_id = ${LIUHE}`,
      ),
    heal: (sql) =>
      sql.unsafe(
        `update station_standing set missed = array_remove(missed, 'G4') where station_id = ${LIUHE}`,
      ),
    says: /^云岭市: The standing of station \d+ differs from its verified assessments\.$/,
  },
  {
    what: "a standing that counts more staff than its roster",
    harm: (sql) =>
      sql.unsafe(`update station_standing set full_time = full_time + 1 where station_id = ${LIUHE}`),
    heal: (sql) =>
      sql.unsafe(`update station_standing set full_time = full_time - 1 where station_id = ${LIUHE}`),
    says: /^云岭市: The standing of station \d+ differs from its roster\.$/,
  },
  {
    what: "row-level security that is not forced",
    harm: (sql) => sql`alter table rollup no force row level security`,
    heal: (sql) => sql`alter table rollup force row level security`,
    says: /^Row-level security is not forced on the owner of the table rollup\.$/,
  },
  {
    what: "a policy that lets everything through",
    harm: (sql) => sql`create policy message_open on message for select to muster_app using (true)`,
    heal: (sql) => sql`drop policy message_open on message`,
    says: /^The policy message_open of the table message does not ask for the city\.$/,
  },
];

describe("the doctor", () => {
  let database: TestDatabase;
  let superuser: Sql;
  beforeAll(async () => {
    database = await demoDatabase(now);
    superuser = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await superuser.end();
    await database.drop();
  });

  it("finds nothing wrong with the demo", async () => {
    const { derived, ...found } = await examine(database);
    expect(found).toEqual({ faults: [], fixed: [], proposals: [], cities: 2, months: 26 });
    expect(derived).toBeGreaterThan(50_000);
  });

  it.each(BREAKS)("notices $what", async ({ harm, heal, says, recount = false }) => {
    await harm(superuser);
    await superuser`update city set catalogue_version = catalogue_version + 1`;
    try {
      const { faults } = await examine({ ...database, recount });
      expect(faults.filter((fault) => says.test(fault))).toHaveLength(1);
      expect(faults.length).toBeLessThanOrEqual(13);
    } finally {
      await heal(superuser);
      await superuser`update city set catalogue_version = catalogue_version + 1`;
    }
  });

  it("finds nothing wrong any more once all of that is mended", async () => {
    expect((await examine(database)).faults).toEqual([]);
  });

  it("tells records that changed after a report was filed from a report that never said what they did", async () => {
    const late = `update visit_person set counts = not counts where (visit_id, record_id) = (
      select visit_id, record_id from visit_person where held_on between '2026-09-01' and '2026-09-30'
        and channel = 'visit' and station_id in (select id from station where name = '河湾村')
      order by visit_id, record_id limit 1)`;
    // A figure that was filed against its records with a reason is right.
    const overridden = (register: number, reasons: string) =>
      superuser`update monthly_report set reasons = ${reasons}::text::jsonb,
          remarks = jsonb_set(remarks, '{B01,register,value}', ${String(register)}::text::jsonb)
        where period = '2026-08' and station_id = (select id from station where name = '河湾村')`;
    await superuser.unsafe(late);
    await overridden(0, '{"K18:B01": "台账未及时更新"}');
    try {
      const { proposals, faults } = await examine(database);
      expect(faults.filter((fault) => fault.includes("The report of"))).toEqual([]);
      expect(proposals).toHaveLength(1);
      expect(proposals[0]).toMatch(
        /^云岭市: The records of station \d+ for 2026-09 say something else than its report: C01 \d+ -> \d+/,
      );
    } finally {
      await superuser.unsafe(late);
      await overridden(1, "{}");
    }
  });

  it("recomputes roll-ups when asked to, and only those that are wrong", async () => {
    await superuser.unsafe(
      `update rollup set provisional = '{}', missing = 5 where period = '2026-02' and station_id = ${LIUHE}`,
    );
    const { faults, fixed } = await examine({ ...database, recount: false, fixRollups: true });
    expect([faults, fixed]).toEqual([[], ["云岭市: recomputed the roll-ups of 2026-02."]]);
    expect((await examine({ ...database, recount: false })).faults).toEqual([]);
  });

  it("recomputes standings when asked to", async () => {
    await superuser.unsafe(
      `update station_standing set posts = 99, failing = '{G1}' where station_id in (${LIUHE})`,
    );
    const { faults, fixed } = await examine({ ...database, recount: false, fixRollups: true });
    expect([faults, fixed]).toEqual([[], ["云岭市: recomputed 2 standings."]]);
    expect((await examine({ ...database, recount: false })).faults).toEqual([]);
  });

  it("says that an application which signs in as a superuser sees past every policy", async () => {
    const { faults } = await examine({ ...database, recount: false, appUrl: database.superUrl });
    expect(faults).toContain("The role postgres is a superuser and sees past row-level security.");
  });
});
