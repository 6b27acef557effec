import { addDays, firstDay, type LocalDate, lastDay, type Period } from "@muster/domain/period";
import {
  type ReceptionChannel,
  type ReceptionPurpose,
  type ReceptionState,
  UNANSWERED,
} from "@muster/domain/reception";
import type { StationPath } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { countedUpTo } from "../registers/counted";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { RECEPTION_CONDITIONS, type ReceptionFigure } from "./figures";
import { joinedTo, type ReceptionRow, receptionColumns, stillCarried } from "./log";

/** What a list of the counter log asks for; what is left out does not matter. */
export interface ReceptionFilter {
  /** One station alone. */
  stationId?: number;
  /** A station with everything below it. */
  path?: StationPath;
  topic?: string;
  channel?: ReceptionChannel;
  purpose?: ReceptionPurpose;
  /** `open`: whatever remains to be done. What was carried on is settled when its petition or case is. */
  state?: ReceptionState | "open";
  month?: Period;
  /** Words that each stand in question, answer, topic or the name of somebody of the archive. Sealed names are not read. */
  q?: string;
  /** Somebody of an archive. */
  recordId?: string;
  /** What waits for this station's answer. */
  askedOf?: number;
  /** Only what a figure of the monthly report counts. */
  counted?: { figure: ReceptionFigure; period: Period };
}

/** Where a page of the list begins or ends: behind this line, or before it. */
export interface DayCursor {
  day: LocalDate;
  id: string;
}

/** Spelled out, so that the index of what is still to be done is used. */
const UNANSWERED_STATES = UNANSWERED.map((state) => `'${state}'`).join(", ");

function conditionsOf(tx: ScopedTx, filter: ReceptionFilter) {
  const all = [tx.sql`r.city_id = ${tx.scope.cityId}`];
  const { stationId, path, topic, channel, purpose, state, month, q, recordId, askedOf, counted } = filter;
  if (stationId) all.push(tx.sql`r.station_id = ${stationId}`);
  else all.push(inPlace(tx, "r.path", path));
  if (topic) all.push(tx.sql`r.topic = ${topic}`);
  if (channel) all.push(tx.sql`r.channel = ${channel}`);
  if (purpose) all.push(tx.sql`r.purpose = ${purpose}`);
  if (state === "open") all.push(tx.sql`r.state in (${tx.sql.unsafe(UNANSWERED_STATES)})`);
  else if (state === "carried") all.push(stillCarried(tx));
  else if (state === "answered")
    all.push(tx.sql`(r.state = 'answered' or r.state = 'carried' and not ${stillCarried(tx)})`);
  else if (state) all.push(tx.sql`r.state = ${state}`);
  if (month) all.push(tx.sql`r.day between ${firstDay(month)} and ${lastDay(month)}`);
  for (const word of wordsOf(q ?? "")) all.push(saying(tx, word));
  if (recordId) all.push(tx.sql`r.record_id = ${recordId}`);
  if (askedOf) all.push(tx.sql`r.asked_station_id = ${askedOf} and r.state = 'passed_up'`);
  if (counted) all.push(conditionOf(tx, RECEPTION_CONDITIONS[counted.figure], counted.period));
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** More words narrow nothing. */
const MOST_WORDS = 6;

function wordsOf(q: string): string[] {
  const words = q
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,，、;；]+/);
  return [...new Set(words)].filter(Boolean).slice(0, MOST_WORDS);
}

/**
 * Entries in whose words, topic or archive's name this stands. Every entry of the place is read: under row-level security
 * no index of parts of words can be asked before the policy, and Chinese words are too short for one of three signs.
 * What has no capitals, as Chinese, is looked for in the words as they are, in half the time.
 */
function saying(tx: ScopedTx, word: string) {
  const { cityId } = tx.scope;
  const inWords =
    word === word.toUpperCase()
      ? tx.sql`position(${word} in r.question) > 0 or position(${word} in r.answer) > 0
          or position(${word} in r.reply) > 0`
      : tx.sql`position(${word} in lower(r.question || chr(10) || r.answer || chr(10) || r.reply)) > 0`;
  return tx.sql`(${inWords}
    or r.topic in (select code from consultation_topic where city_id = ${cityId}
      and (position(${word} in name_zh) > 0 or position(${word} in lower(name_en)) > 0))
    or r.record_id in (select id from person where city_id = ${cityId} and position(${word} in name) > 0))`;
}

/** One page of the log, the latest day first, and how many there are, up to one more than countedUpTo. */
export async function listReceptions(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: ReceptionFilter; limit: number; after?: DayCursor; before?: DayCursor },
): Promise<{ lines: ReceptionRow[]; total: number; more: boolean }> {
  const where = conditionsOf(tx, filter);
  const backwards = before !== undefined && after === undefined;
  const edge = after
    ? tx.sql`and (r.day, r.id) < (${after.day}::date, ${after.id}::uuid)`
    : before
      ? tx.sql`and (r.day, r.id) > (${before.day}::date, ${before.id}::uuid)`
      : tx.sql``;
  const order = backwards ? tx.sql`r.day, r.id` : tx.sql`r.day desc, r.id desc`;
  const name = tx.sql`(select n.by_id ->> r.record_id::text from named n)`;
  const lines = await tx.sql<ReceptionRow[]>`
    with found as (select r.* from reception r where ${where} ${edge} order by ${order} limit ${limit + 1}),
    -- Read once: joined line by line PostgreSQL reads all of a town's people for each, whom it takes for one person.
    named as materialized (select jsonb_object_agg(p.id, p.name) as by_id from person p
      where p.city_id = ${tx.scope.cityId}
        and p.id = any(array(select record_id from found where record_id is not null)))
    select ${receptionColumns(tx, name)} from found r ${joinedTo(tx)} order by r.day desc, r.id desc`;
  const more = lines.length > limit;
  const shown = more ? (backwards ? lines.slice(1) : lines.slice(0, limit)) : [...lines];
  // A first page that is the last one is all there is: a word that hardly occurs is looked for once, not twice.
  if (!more && !after && !before) return { lines: shown, total: shown.length, more };
  const [count] = await tx.sql<{ total: number }[]>`
    select count(*)::int as total from (select from reception r where ${where} limit ${countedUpTo(filter) + 1}) f`;
  return { lines: shown, total: count?.total ?? 0, more };
}

/** What of the counter log waits for the people of a station. */
export interface ReceptionTodos {
  /** To be done, those past their day, and the first day. */
  own: { count: number; overdue: number; dueOn: LocalDate | null };
  /** Answers that came back from above and have to be told. */
  replied: number;
  /** Questions of stations below that wait for this station's answer. */
  asked: number;
}

/** What of the counter log waits for the people of a station, in one statement. */
export async function receptionTodos(tx: ScopedTx, stationId: number): Promise<ReceptionTodos> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<
    { own: number; overdue: number; dueOn: LocalDate | null; replied: number; asked: number }[]
  >`
    select count(*) filter (where r.state = 'to_do')::int as own,
      count(*) filter (where r.state = 'to_do' and r.due_on < ${today(tx)}::date)::int as overdue,
      min(r.due_on) filter (where r.state = 'to_do') as "dueOn",
      count(*) filter (where r.state = 'replied')::int as replied,
      (select count(*)::int from reception a
       where a.city_id = ${cityId} and a.asked_station_id = ${stationId} and a.state = 'passed_up') as asked
    from reception r
    where r.city_id = ${cityId} and r.station_id = ${stationId} and r.state in ('to_do', 'replied')`;
  return {
    own: { count: row?.own ?? 0, overdue: row?.overdue ?? 0, dueOn: row?.dueOn ?? null },
    replied: row?.replied ?? 0,
    asked: row?.asked ?? 0,
  };
}

/** The topics of a station's last weeks, those asked about most first: the order of the tiles. */
export async function frequentTopics(tx: ScopedTx, stationId: number): Promise<string[]> {
  const rows = await tx.sql<{ topic: string }[]>`
    select topic from (
      select topic from reception
      where city_id = ${tx.scope.cityId} and station_id = ${stationId} and day > ${addDays(today(tx), -90)}
      order by day desc limit 200) r
    group by topic order by count(*) desc, topic limit 8`;
  return rows.map(({ topic }) => topic);
}
