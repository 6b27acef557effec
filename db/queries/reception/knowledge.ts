import type { LocalDate } from "@muster/domain/period";
import { searchable, searchWords } from "@muster/domain/reception";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { holdStation } from "../staff/row";
import { today } from "../stations/row";
import { findReception } from "./log";
import { type CounterOutcome, done, refused } from "./outcome";
import { offered } from "./topics";

/** A published question with its answer. */
export interface KnowledgeRow {
  id: string;
  stationId: number;
  stationName: string;
  topic: string;
  topicZh: string;
  topicEn: string;
  question: string;
  answer: string;
  publishedOn: LocalDate;
  withdrawnOn: LocalDate | null;
  version: number;
}

/** Where a page of the knowledge base begins or ends. */
export interface KnowledgeCursor {
  publishedOn: LocalDate;
  id: string;
}

function knowledgeColumns(tx: ScopedTx) {
  return tx.sql`
    k.id, k.station_id as "stationId", k.station_name as "stationName", k.topic, t.name_zh as "topicZh",
    t.name_en as "topicEn", k.question, k.answer, k.published_on as "publishedOn", k.withdrawn_on as "withdrawnOn",
    k.version`;
}

/** One page of what the city's stations have published, the latest first; each word of `q` stands in question or answer. */
export async function listKnowledge(
  tx: ScopedTx,
  {
    q,
    topic,
    limit,
    after,
    before,
  }: { q?: string; topic?: string; limit: number; after?: KnowledgeCursor; before?: KnowledgeCursor },
): Promise<{ lines: KnowledgeRow[]; total: number; more: boolean }> {
  const { cityId } = tx.scope;
  const { sql } = tx;
  const words = searchWords(q ?? "");
  const where = words.reduce(
    (all, word) => sql`${all} and position(${word} in k.search) > 0`,
    sql`k.city_id = ${cityId} and k.withdrawn_on is null ${topic ? sql`and k.topic = ${topic}` : sql``}`,
  );
  const backwards = before !== undefined && after === undefined;
  const edge = after
    ? sql`and (k.published_on, k.id) < (${after.publishedOn}::date, ${after.id}::uuid)`
    : before
      ? sql`and (k.published_on, k.id) > (${before.publishedOn}::date, ${before.id}::uuid)`
      : sql``;
  const order = backwards ? sql`k.published_on, k.id` : sql`k.published_on desc, k.id desc`;
  const [lines, [count]] = await Promise.all([
    sql<KnowledgeRow[]>`
      with found as (select k.* from knowledge k where ${where} ${edge} order by ${order} limit ${limit + 1})
      select ${knowledgeColumns(tx)} from found k
      join consultation_topic t on t.city_id = ${cityId} and t.code = k.topic
      order by k.published_on desc, k.id desc`,
    sql<{ total: number }[]>`select count(*)::int as total from knowledge k where ${where}`,
  ]);
  const more = lines.length > limit;
  const shown = more ? (backwards ? lines.slice(1) : lines.slice(0, limit)) : [...lines];
  return { lines: shown, total: count?.total ?? 0, more };
}

/** A published answer that still stands, or null. */
export async function findKnowledge(tx: ScopedTx, id: string): Promise<KnowledgeRow | null> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<KnowledgeRow[]>`
    select ${knowledgeColumns(tx)} from knowledge k
    join consultation_topic t on t.city_id = ${cityId} and t.code = k.topic
    where k.city_id = ${cityId} and k.id = ${id} and k.withdrawn_on is null`;
  return row ?? null;
}

/** What to publish: worded anew, without anybody's name. */
export interface NewKnowledge {
  topic: string;
  question: string;
  answer: string;
  /** The answered entry it comes out of. */
  receptionId: string | null;
}

/** Publishes a question with its answer in the name of the caller's station. An entry of the log is published once. */
export async function publishKnowledge(
  tx: ScopedTx,
  said: NewKnowledge,
): Promise<CounterOutcome<{ id: string }>> {
  const { cityId } = tx.scope;
  const { actor } = tx.caller;
  const station = await holdStation(tx, actor.stationId);
  if (!station) return refused("not_found");
  const question = said.question.trim();
  const answer = said.answer.trim();
  if (question === "") return refused("no_text");
  if (answer === "") return refused("no_answer");
  if (!(await offered(tx, said.topic))) return refused("unknown_topic");
  if (said.receptionId !== null) {
    const entry = await findReception(tx, said.receptionId);
    if (!entry) return refused("not_found");
    if (entry.state !== "answered") return refused("not_answered");
  }
  const id = newId();
  const added = await tx.sql`
    insert into knowledge (city_id, path, id, station_id, station_name, topic, question, answer, search, reception_id,
      published_on, published_by)
    values (${cityId}, ${station.path}, ${id}, ${station.id}, ${station.name}, ${said.topic}, ${question}, ${answer},
      ${searchable(`${question}${answer}`)}, ${said.receptionId}, ${today(tx)}, ${actor.name})
    on conflict do nothing`;
  if (added.count === 0) return refused("conflict");
  await audit(tx, { action: "knowledge.publish", ...about(id, station) });
  return done({ id });
}

/** Takes a published answer of the caller's own station out of sight: it is outdated, or wrong. */
export async function withdrawKnowledge(
  tx: ScopedTx,
  { id, version }: { id: string; version: number },
): Promise<CounterOutcome<{ id: string }>> {
  const { cityId } = tx.scope;
  const { actor } = tx.caller;
  const [row] = await tx.sql<{ stationId: number; path: string; version: number }[]>`
    select station_id as "stationId", path, version from knowledge
    where city_id = ${cityId} and id = ${id} and withdrawn_on is null`;
  if (!row) return refused("not_found");
  if (row.stationId !== actor.stationId) return refused("forbidden");
  const gone = await tx.sql`
    update knowledge set withdrawn_on = ${today(tx)}, version = version + 1
    where city_id = ${cityId} and id = ${id} and version = ${version} and withdrawn_on is null`;
  if (gone.count === 0) return refused("conflict");
  await audit(tx, { action: "knowledge.withdraw", ...about(id, { id: row.stationId, path: row.path }) });
  return done({ id });
}

function about(id: string, station: { id: number; path: string }) {
  return { subject: "Knowledge", subjectId: id, stationId: station.id, path: station.path };
}
