import type { LocalDate } from "@muster/domain/period";
import type { GroupRole } from "@muster/domain/staff";
import { newId, type ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { standByRoster } from "../standings/roster";
import { stoodOn, today } from "../stations/row";
import { done, refused, type StaffOutcome } from "./outcome";
import { aboutStaff } from "./roster";
import { holdStation, holdsOn, openFor, termsOf } from "./row";

/** The number of posts approved from a day on. */
export interface Posts {
  validFrom: LocalDate;
  posts: number;
  document: string;
  version: number;
}

/** Every approval of a station's posts, the latest first. */
export async function postsOf(tx: ScopedTx, stationId: number): Promise<Posts[]> {
  const rows = await tx.sql<Posts[]>`
    select valid_from as "validFrom", posts, document, version from staff_posts
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} order by valid_from desc`;
  return [...rows];
}

/** Enters an approval; one of the same day is put right. The later of two who do so at once is told. */
export async function savePosts(
  tx: ScopedTx,
  { stationId, validFrom, posts, document, version }: Posts & { stationId: number },
): Promise<StaffOutcome<Posts>> {
  const open = await openFor(tx, stationId, validFrom);
  if (!open.ok) return open;
  const { cityId } = tx.scope;
  const before = (await postsOf(tx, stationId)).find((row) => row.validFrom === validFrom);
  // The form carries the version of the approval it showed, 0 when there was none.
  const latest = (await postsOf(tx, stationId))[0];
  if ((latest?.version ?? 0) !== version) return refused("changed_meanwhile");
  const next = { validFrom, posts, document, version: (latest?.version ?? 0) + 1 };
  await tx.sql`
    insert into staff_posts (city_id, path, station_id, valid_from, posts, document, version)
    values (${cityId}, ${open.value.path}, ${stationId}, ${validFrom}, ${posts}, ${document}, ${next.version})
    on conflict (city_id, station_id, valid_from)
      do update set posts = excluded.posts, document = excluded.document, version = excluded.version`;
  await standByRoster(tx, [stationId]);
  await audit(tx, {
    action: "staff.posts",
    ...aboutStaff(open.value, String(stationId)),
    before: before ? { approvedPosts: before.posts, document: before.document, validFrom } : null,
    after: { approvedPosts: posts, document, validFrom },
  });
  return done(next);
}

/** A member of a station's leading group. */
export interface Leader {
  id: string;
  name: string;
  /** The office that puts the person there. */
  office: string;
  role: GroupRole;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  version: number;
}

/** Everybody who was in the leading group, chair first, those who left last. */
export async function leadersOf(tx: ScopedTx, stationId: number): Promise<Leader[]> {
  const rows = await tx.sql<Leader[]>`
    select id, name, office, role, valid_from as "validFrom", valid_to as "validTo", version from leading_group
    where city_id = ${tx.scope.cityId} and station_id = ${stationId}
    order by valid_to is not null, case role when 'chair' then 0 when 'deputy' then 1 else 2 end, valid_from, id`;
  return [...rows];
}

/** Somebody joins the leading group on a day. It has one chair at a time. */
export async function addLeader(
  tx: ScopedTx,
  leader: Pick<Leader, "name" | "office" | "role" | "validFrom"> & { stationId: number },
): Promise<StaffOutcome<{ id: string }>> {
  const { stationId, name, office, role, validFrom } = leader;
  const open = await openFor(tx, stationId, validFrom);
  if (!open.ok) return open;
  const others = (await leadersOf(tx, stationId)).filter(
    ({ validTo }) => validTo === null || validTo > validFrom,
  );
  const chair = role === "chair" && others.find((other) => other.role === "chair");
  if (chair) return refused("chair_taken", { name: chair.name });
  if (others.some((other) => other.name === name && other.role === role)) return refused("already_serving");
  const id = newId();
  await tx.sql`
    insert into leading_group (city_id, path, id, station_id, name, office, role, valid_from)
    values (${tx.scope.cityId}, ${open.value.path}, ${id}, ${stationId}, ${name}, ${office}, ${role}, ${validFrom})`;
  await audit(tx, {
    action: "staff.leader_add",
    ...aboutStaff(open.value, id),
    after: { name, office, groupRole: role, validFrom },
  });
  return done({ id });
}

/** Somebody leaves the leading group: `on` is the first day without them. */
export async function endLeader(
  tx: ScopedTx,
  { stationId, id, version, on }: { stationId: number; id: string; version: number; on: LocalDate },
): Promise<StaffOutcome<{ id: string }>> {
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  const leader = (await leadersOf(tx, stationId)).find((row) => row.id === id);
  if (!leader) return refused("not_found");
  if (on > today(tx)) return refused("date_in_future");
  if (leader.validTo !== null) return refused("ended");
  if (on <= leader.validFrom) return refused("date_before_beginning");
  const ended = await tx.sql`
    update leading_group set valid_to = ${on}, version = version + 1
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and id = ${id} and version = ${version}`;
  if (ended.count === 0) return refused("changed_meanwhile");
  await audit(tx, {
    action: "staff.leader_end",
    ...aboutStaff(station, id),
    before: { name: leader.name, office: leader.office, groupRole: leader.role, validFrom: leader.validFrom },
    after: { name: leader.name, validTo: on },
  });
  return done({ id });
}

/** A station directly below, and who looks after it. */
export interface CoveredStation {
  id: number;
  name: string;
  /** The officers who look after it on that day. */
  officers: { staffId: string; name: string }[];
}

/** The stations directly below that stand on a day, with their liaison officers. */
export async function coverOf(tx: ScopedTx, stationId: number, day: LocalDate): Promise<CoveredStation[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<CoveredStation[]>`
    select s.id, s.name, coalesce((
      select jsonb_agg(jsonb_build_object('staffId', l.staff_id, 'name', f.name) order by f.name)
      from liaison_cover l
      join staff f on f.city_id = ${cityId} and f.station_id = l.station_id and f.staff_id = l.staff_id
        and ${holdsOn(tx, "f", day)}
      where l.city_id = ${cityId} and l.station_id = ${stationId} and l.covered_id = s.id
        and ${holdsOn(tx, "l", day)}), '[]') as officers
    from station s
    where s.city_id = ${cityId} and s.parent_id = ${stationId} and ${stoodOn(tx, day)}
    order by s.sort, s.id`;
  return [...rows];
}

/** Says which stations below somebody looks after from a day on, in place of those before. */
export async function saveCover(
  tx: ScopedTx,
  input: { stationId: number; staffId: string; coveredIds: readonly number[]; from: LocalDate },
): Promise<StaffOutcome<{ added: number; ended: number }>> {
  const { stationId, staffId, from } = input;
  const open = await openFor(tx, stationId, from);
  if (!open.ok) return open;
  const serving = (await termsOf(tx, stationId, staffId)).find(
    ({ validFrom, validTo }) => validFrom <= from && validTo === null,
  );
  if (!serving) return refused("not_found");
  const { cityId } = tx.scope;
  const below = new Set((await coverOf(tx, stationId, from)).map(({ id }) => id));
  const wanted = [...new Set(input.coveredIds)];
  if (wanted.some((id) => !below.has(id))) return refused("not_below");
  const current = await tx.sql<{ coveredId: number; validFrom: LocalDate }[]>`
    select covered_id as "coveredId", valid_from as "validFrom" from liaison_cover
    where city_id = ${cityId} and station_id = ${stationId} and staff_id = ${staffId} and valid_to is null`;
  if (current.some(({ validFrom }) => validFrom > from)) return refused("date_before_beginning");
  const had = new Set(current.map(({ coveredId }) => coveredId));
  const added = wanted.filter((id) => !had.has(id));
  const ended = [...had].filter((id) => !wanted.includes(id));
  if (added.length + ended.length === 0) return refused("unchanged");
  await tx.sql`
    update liaison_cover set valid_to = ${from}
    where city_id = ${cityId} and station_id = ${stationId} and staff_id = ${staffId} and valid_to is null
      and covered_id = any(${ended}::bigint[])`;
  await tx.sql`
    insert into liaison_cover (city_id, path, id, station_id, staff_id, covered_id, valid_from)
    select ${cityId}, ${open.value.path}, n.id, ${stationId}, ${staffId}, n.covered, ${from}
    from jsonb_to_recordset(${json(added.map((covered) => ({ id: newId(), covered })))}::jsonb)
      as n(id uuid, covered bigint)`;
  await audit(tx, {
    action: "staff.cover",
    ...aboutStaff(open.value, staffId),
    before: { name: serving.name, villages: had.size },
    after: { name: serving.name, villages: wanted.length, validFrom: from },
  });
  return done({ added: added.length, ended: ended.length });
}
