import {
  CARD_LINE_NAMES,
  CARD_LINES,
  type CardKind,
  type CardSettings,
  type CardStanding,
  type CardState,
} from "@muster/domain/card";
import type { LocalDate, Period } from "@muster/domain/period";
import type { SectionContent } from "@muster/domain/person-sections";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { activeOn } from "../people/figures";
import { openBasics, openSection, type SectionRow } from "../people/row";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { CARD_CONDITIONS, type CardFigure } from "./figures";

/** A card as lists show it. */
export interface CardRow {
  id: string;
  stationId: number;
  path: StationPath;
  recordId: string;
  kind: CardKind;
  year: number;
  number: number;
  version: number;
  issuedOn: LocalDate;
  issuedBy: string;
  validUntil: LocalDate;
  state: CardState;
  endedOn: LocalDate | null;
  workerId: string | null;
  /** Whose it is. */
  name: string;
  stationName: string;
  /** Somebody has printed it. */
  printed: boolean;
}

function cardColumns(tx: ScopedTx) {
  return tx.sql`
    c.id, c.station_id as "stationId", c.path, c.record_id as "recordId", c.kind, c.year, c.number, c.version,
    c.issued_on as "issuedOn", c.issued_by as "issuedBy", c.valid_until as "validUntil", c.state,
    c.ended_on as "endedOn", c.worker_id as "workerId", p.name, s.name as "stationName",
    c.printed_at is not null as printed`;
}

function cardTables(tx: ScopedTx) {
  const { cityId } = tx.scope;
  return tx.sql`
    card c join person p on p.city_id = ${cityId} and p.id = c.record_id
    join station s on s.city_id = ${cityId} and s.id = c.station_id`;
}

/** A card in scope, or null: not there and not yours are the same. */
export async function findCard(tx: ScopedTx, id: string): Promise<CardRow | null> {
  const [row] = await tx.sql<CardRow[]>`
    select ${cardColumns(tx)} from ${cardTables(tx)} where c.city_id = ${tx.scope.cityId} and c.id = ${id}`;
  return row ?? null;
}

/** The record that a QR code leads to, of cards that are void as well: whoever finds one may ask whose it is. */
export async function recordOfToken(tx: ScopedTx, token: string): Promise<string | null> {
  const [row] = await tx.sql<{ recordId: string }[]>`
    select record_id as "recordId" from card where city_id = ${tx.scope.cityId} and token = ${token}`;
  return row?.recordId ?? null;
}

/** All cards of a record, the latest first. */
export async function cardsOf(tx: ScopedTx, recordId: string): Promise<CardRow[]> {
  const rows = await tx.sql<CardRow[]>`
    select ${cardColumns(tx)} from ${cardTables(tx)}
    where c.city_id = ${tx.scope.cityId} and c.record_id = ${recordId} order by c.year desc, c.number desc`;
  return [...rows];
}

/** What a list of cards asks for; what is left out does not matter. */
export interface CardFilter {
  path?: StationPath;
  kind?: CardKind;
  standing?: CardStanding;
  /** Not printed yet. */
  unprinted?: boolean;
  /** This station alone. */
  stationId?: number;
  /** Only what a figure of the monthly report counts. */
  counted?: { figure: CardFigure; period: Period };
}

/** Where a page of the list begins or ends. */
export interface CardCursor {
  year: number;
  number: number;
}

/** More are not counted. */
export const MOST_CARDS = 10_000;

function cardConditions(tx: ScopedTx, { path, kind, standing, unprinted, stationId, counted }: CardFilter) {
  const day = today(tx);
  const all = [tx.sql`c.city_id = ${tx.scope.cityId}`];
  all.push(inPlace(tx, "c.path", path));
  if (stationId) all.push(tx.sql`c.station_id = ${stationId}`);
  if (counted) all.push(conditionOf(tx, CARD_CONDITIONS[counted.figure], counted.period));
  if (kind) all.push(tx.sql`c.kind = ${kind}`);
  if (standing === "valid") all.push(tx.sql`c.state = 'issued' and c.valid_until >= ${day}`);
  else if (standing === "expired") all.push(tx.sql`c.state = 'issued' and c.valid_until < ${day}`);
  else if (standing) all.push(tx.sql`c.state = ${standing}`);
  if (unprinted) all.push(tx.sql`c.printed_at is null and c.state = 'issued'`);
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** One page of cards, the latest serial first, and how many there are, up to MOST_CARDS + 1. */
export async function listCards(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: CardFilter; limit: number; after?: CardCursor; before?: CardCursor },
): Promise<{ lines: CardRow[]; total: number; more: boolean }> {
  const where = cardConditions(tx, filter);
  const edge = after
    ? tx.sql`and (c.year, c.number) < (${after.year}::smallint, ${after.number}::int)`
    : before
      ? tx.sql`and (c.year, c.number) > (${before.year}::smallint, ${before.number}::int)`
      : tx.sql``;
  const backwards = before !== undefined && after === undefined;
  const order = backwards ? tx.sql`c.year, c.number` : tx.sql`c.year desc, c.number desc`;
  const found = await tx.sql<CardRow[]>`
    select ${cardColumns(tx)} from ${cardTables(tx)} where ${where} ${edge} order by ${order} limit ${limit + 1}`;
  const [count] = await tx.sql<{ total: number }[]>`
    select count(*)::int as total from (select from card c where ${where} limit ${MOST_CARDS + 1}) f`;
  const more = found.length > limit;
  const shown = found.slice(0, limit);
  return { lines: backwards ? shown.reverse() : shown, total: count?.total ?? 0, more };
}

/** How many of the people in a subtree's archives have a card that is valid today. */
export async function cardShare(
  tx: ScopedTx,
  path: StationPath,
): Promise<{ people: number; holders: number }> {
  const { cityId } = tx.scope;
  const day = today(tx);
  const [row] = await tx.sql<{ people: number; holders: number }[]>`
    select (select count(*) from person p where p.city_id = ${cityId} and p.path >= ${path}
        and p.path < ${subtreeEnd(path)} and ${activeOn(tx, day)})::int as people,
      (select count(distinct c.record_id) from card c
        join person p on p.city_id = ${cityId} and p.id = c.record_id and ${activeOn(tx, day)}
        where c.city_id = ${cityId} and c.path >= ${path} and c.path < ${subtreeEnd(path)}
          and c.state = 'issued' and c.valid_until >= ${day})::int as holders`;
  return row ?? { people: 0, holders: 0 };
}

/** What a station's cards say besides the archive; `version` 0 where nobody has said anything yet. */
export async function cardSettingsOf(
  tx: ScopedTx,
  stationId: number,
): Promise<CardSettings & { version: number }> {
  const [row] = await tx.sql<
    { lines: Record<string, string>; duties: string; services: string; activities: string; version: number }[]
  >`
    select lines, duties, services, activities, version from card_settings
    where city_id = ${tx.scope.cityId} and station_id = ${stationId}`;
  return {
    duties: "",
    services: "",
    activities: "",
    version: 0,
    ...row,
    lines: withGeneral(row?.lines ?? {}),
  };
}

function withGeneral(said: Readonly<Record<string, string>>): CardSettings["lines"] {
  return Object.fromEntries(
    CARD_LINE_NAMES.map((name) => [name, said[name] ?? CARD_LINES[name]]),
  ) as CardSettings["lines"];
}

/** Somebody who serves at a station today, as cards name them: `staffId` is of the roster, or of the account. */
export interface Worker {
  staffId: string;
  name: string;
  post: string;
  phone: string;
}

/**
 * Who serves at a station today, its head first. Where the roster has nobody, as at a service point whose workers are
 * the cadre home's, these are the people with a role there.
 */
export async function workersOf(tx: ScopedTx, stationId: number): Promise<Worker[]> {
  const rows = await tx.sql<Worker[]>`
    select staff_id as "staffId", name, post, phone from staff
    where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and valid_from <= ${today(tx)} and (valid_to is null or valid_to > ${today(tx)})
    order by head desc, name, staff_id`;
  if (rows.length > 0) return [...rows];
  const members = await tx.sql<Worker[]>`
    select user_id as "staffId", name, '' as post, '' as phone from membership
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and ended_at is null
    order by name, user_id`;
  return [...members];
}

/** Everything that is printed on a card, in the clear. */
export interface CardPrint extends CardRow {
  token: string;
  stationPhone: string;
  settings: CardSettings;
  worker: Worker | null;
  head: Worker | null;
  /** Who serves there, the head first. */
  staff: Worker[];
  phone: string;
  contact: SectionContent;
  family: SectionContent;
  health: SectionContent;
}

/** Cards of one run of the printer: ten sheets. */
export const MOST_PRINTED = 100;

/**
 * What some cards say, for printing. Cards that are void are left out. Opens parts of the archive that are masked
 * elsewhere: each card's entry in the log says what for.
 */
export async function printCards(
  tx: ScopedTx,
  keys: Keyring,
  { ids, purpose }: { ids: readonly string[]; purpose: string },
): Promise<CardPrint[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<(CardRow & { token: string; stationPhone: string; sealed: Uint8Array | null })[]>`
    select ${cardColumns(tx)}, c.token, s.phone as "stationPhone", p.phone as sealed from ${cardTables(tx)}
    where c.city_id = ${cityId} and c.id = any(${ids.slice(0, MOST_PRINTED) as string[]}::uuid[])
      and c.state = 'issued'
    order by c.year, c.number`;
  const sections = await tx.sql<Pick<SectionRow, "recordId" | "section" | "content">[]>`
    select record_id as "recordId", section, content from person_section
    where city_id = ${cityId} and section in ('contact', 'family', 'health')
      and record_id = any(${[...new Set(rows.filter(({ kind }) => kind === "contact").map((row) => row.recordId))]}::uuid[])`;
  const said = new Map(
    sections.map((row) => [`${row.recordId} ${row.section}`, openSection(keys, cityId, row)]),
  );
  const stations = [...new Set(rows.map(({ stationId }) => stationId))];
  const settings = new Map<number, CardSettings>();
  const workers = new Map<number, Worker[]>();
  for (const stationId of stations) {
    settings.set(stationId, await cardSettingsOf(tx, stationId));
    workers.set(stationId, await workersOf(tx, stationId));
  }
  for (const { id, stationId, path, kind } of rows) {
    await audit(tx, {
      action: "card.print",
      subject: "Card",
      subjectId: id,
      stationId,
      path,
      after: { cardKind: kind, purpose },
    });
  }
  await tx.sql`
    update card set printed_at = ${tx.caller.now.toISOString()}
    where city_id = ${cityId} and id = any(${rows.map(({ id }) => id)}::uuid[])`;
  return rows.map(({ sealed, ...row }) => {
    const staff = workers.get(row.stationId) ?? [];
    const of = (section: string) => said.get(`${row.recordId} ${section}`) ?? {};
    return {
      ...row,
      settings: settings.get(row.stationId) ?? {
        lines: withGeneral({}),
        ...{ duties: "", services: "", activities: "" },
      },
      worker: staff.find(({ staffId }) => staffId === row.workerId) ?? null,
      head: staff[0] ?? null,
      staff,
      phone:
        row.kind === "contact" && sealed
          ? openBasics(keys, cityId, { id: row.recordId, idNumber: null, phone: sealed }).phone
          : "",
      contact: of("contact"),
      family: of("family"),
      health: of("health"),
    };
  });
}
