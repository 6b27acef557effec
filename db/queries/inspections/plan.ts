import type { LocalDate } from "@muster/domain/period";
import type { Level } from "@muster/domain/station";
import type { Draw } from "../../schema/inspection";
import { newId, type ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { done, type InspectionOutcome, refused } from "../findings/outcome";
import { holdStation } from "../staff/row";
import { setInForce } from "../standards/read";
import { today } from "../stations/row";
import { inspectable, possibleInspectors } from "./read";

/** Which stations: named ones, or so many drawn from those of a level below a station. */
export type Choice =
  | { method: "chosen"; stationIds: readonly number[] }
  | { method: "drawn"; withinId: number; level: Level; size: number };

export interface NewInspection {
  theme: string;
  note: string;
  startsOn: LocalDate;
  endsOn: LocalDate;
  /** Whether the stations are told only once somebody has been there. */
  unannounced: boolean;
  /** Codes of the standards in force. */
  codes: readonly string[];
  /** Items in free words. */
  words: readonly string[];
  choice: Choice;
  /** Accounts of people of the inspecting station. */
  inspectors: readonly string[];
}

/** Plans an inspection of the actor's own station. */
export async function planInspection(
  tx: ScopedTx,
  input: NewInspection,
): Promise<InspectionOutcome<{ id: string }>> {
  const { actor, now } = tx.caller;
  const { cityId } = tx.scope;
  const station = await holdStation(tx, actor.stationId);
  if (!station) return refused("not_found");
  if (station.closedOn !== null) return refused("station_closed");
  const dates = wrongDates(input, today(tx));
  if (dates) return refused(dates);
  const items = await itemsFrom(tx, input);
  if (!items.ok) return items;
  const chosen = await choose(tx, station.path, input.choice);
  if (!chosen.ok) return chosen;
  const people = await inspectorsFrom(tx, station.id, input.inspectors, chosen.value.ids);
  if (!people.ok) return people;

  const id = newId();
  const year = Number(today(tx).slice(0, 4));
  const [last] = await tx.sql<{ number: number }[]>`
    select coalesce(max(number), 0)::int as number from inspection
    where city_id = ${cityId} and station_id = ${station.id} and year = ${year}`;
  const number = (last?.number ?? 0) + 1;
  const { theme, note, startsOn, endsOn, unannounced } = input;
  await tx.sql`
    insert into inspection (city_id, path, id, station_id, year, number, theme, note, state, starts_on, ends_on, unannounced,
      draw, created_at, created_by)
    values (${cityId}, ${station.path}, ${id}, ${station.id}, ${year}, ${number}, ${theme}, ${note}, 'planned',
      ${startsOn}, ${endsOn}, ${unannounced}, ${json(chosen.value.draw)}::jsonb, ${now.toISOString()}, ${actor.name})`;
  await tx.sql`
    insert into inspection_item (city_id, path, station_id, inspection_id, place, code, name_zh, name_en)
    select ${cityId}, ${station.path}, ${station.id}, ${id}, n.place, n.code, n.zh, n.en
    from jsonb_to_recordset(${json(items.value)}::jsonb) as n(place smallint, code text, zh text, en text)`;
  await tx.sql`
    insert into inspection_inspector (city_id, path, station_id, inspection_id, user_id, name)
    select ${cityId}, ${station.path}, ${station.id}, ${id}, n."userId", n.name
    from jsonb_to_recordset(${json(people.value)}::jsonb) as n("userId" uuid, name text)`;
  await tx.sql`
    insert into inspection_station (city_id, path, station_id, inspection_id, by_station_id, by_station_name, year,
      number, theme, starts_on, ends_on, unannounced, state)
    select ${cityId}, s.path, s.id, ${id}, ${station.id}, ${station.name}, ${year}, ${number}, ${theme},
      ${startsOn}::date, ${endsOn}::date, ${unannounced}::boolean, 'planned'
    from station s where s.city_id = ${cityId} and s.id = any(${chosen.value.ids})`;
  await audit(tx, {
    action: "inspection.plan",
    subject: "Inspection",
    subjectId: id,
    stationId: station.id,
    path: station.path,
    after: {
      name: theme,
      startsOn,
      endsOn,
      ...(unannounced ? { unannounced } : {}),
      stations: chosen.value.ids.length,
      seed: chosen.value.draw?.seed,
      inspectors: people.value.map(({ name }) => name),
    },
  });
  return done({ id });
}

/** Why an inspection cannot have these days, or null. */
export function wrongDates(
  { startsOn, endsOn }: { startsOn: LocalDate; endsOn: LocalDate },
  on: LocalDate,
): "ends_before_start" | "ends_in_past" | null {
  if (endsOn < startsOn) return "ends_before_start";
  return endsOn < on ? "ends_in_past" : null;
}

interface Item {
  place: number;
  code: string | null;
  zh: string;
  en: string;
}

async function itemsFrom(
  tx: ScopedTx,
  { codes, words }: Pick<NewInspection, "codes" | "words">,
): Promise<InspectionOutcome<Item[]>> {
  const set = codes.length === 0 ? null : await setInForce(tx, today(tx));
  const named = [...new Set(codes)].map((code) => set?.items.find((item) => item.code === code));
  if (named.some((item) => item === undefined)) return refused("unknown_item");
  const free = [...new Set(words.map((word) => word.trim()).filter(Boolean))];
  const items = [
    ...named.flatMap((item) => (item ? [{ code: item.code, zh: item.name.zh, en: item.name.en }] : [])),
    ...free.map((word) => ({ code: null, zh: word, en: word })),
  ];
  if (items.length === 0) return refused("no_items");
  return done(items.map((item, place) => ({ place, ...item })));
}

async function choose(
  tx: ScopedTx,
  path: string,
  choice: Choice,
): Promise<InspectionOutcome<{ ids: number[]; draw: Draw | null }>> {
  const below = await inspectable(tx, path);
  if (choice.method === "chosen") {
    const known = new Set(below.map(({ id }) => id));
    const ids = [...new Set(choice.stationIds)];
    if (ids.length === 0) return refused("no_stations");
    return ids.every((id) => known.has(id)) ? done({ ids, draw: null }) : refused("not_below");
  }
  const root = choice.withinId === tx.caller.actor.stationId ? path : pathIn(below, choice.withinId);
  if (root === null) return refused("not_below");
  const pool = below.filter((each) => each.level === choice.level && each.path.startsWith(root));
  if (choice.size < 1 || pool.length < choice.size) return refused("pool_too_small");
  const draw: Draw = { seed: newId(), pool: pool.map(({ code }) => code).sort(), size: choice.size };
  const codes = await drawn(tx, draw);
  const ids = pool.filter(({ code }) => codes.includes(code)).map(({ id }) => id);
  return done({ ids, draw });
}

function pathIn(below: readonly { id: number; path: string }[], id: number): string | null {
  return below.find((each) => each.id === id)?.path ?? null;
}

/**
 * The codes that a draw gives: those whose SHA-256 of `seed code` comes first. Whoever has the seed and the list can
 * draw again with any tool, and nobody can choose the seed.
 */
export async function drawn(tx: ScopedTx, { seed, pool, size }: Draw): Promise<string[]> {
  const rows = await tx.sql<{ code: string }[]>`
    select code from unnest(${pool}::text[]) as p(code)
    order by sha256(convert_to(${seed}::text || ' ' || code, 'UTF8')), code collate "C" limit ${size}`;
  return rows.map(({ code }) => code);
}

async function inspectorsFrom(
  tx: ScopedTx,
  stationId: number,
  userIds: readonly string[],
  inspected: readonly number[],
): Promise<InspectionOutcome<{ userId: string; name: string }[]>> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return refused("no_inspectors");
  const possible = await possibleInspectors(tx, stationId);
  const people = possible.filter(({ userId }) => wanted.includes(userId));
  if (people.length !== wanted.length) return refused("inspector_elsewhere");
  const [serving] = await tx.sql<{ yes: boolean }[]>`
    select exists (select from membership where city_id = ${tx.scope.cityId} and ended_at is null
      and user_id = any(${wanted}::uuid[]) and station_id = any(${inspected as number[]})) as yes`;
  if (serving?.yes) return refused("inspector_inspected");
  return done(people.map(({ userId, name }) => ({ userId, name })));
}
