import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { type CounterOutcome, done, refused } from "./outcome";

/** What a question may be about. */
export interface Topic {
  code: string;
  nameZh: string;
  nameEn: string;
  retired: boolean;
  version: number;
}

/** The city's topics in its order. */
export async function topicsOf(tx: ScopedTx): Promise<Topic[]> {
  const rows = await tx.sql<Topic[]>`
    select code, name_zh as "nameZh", name_en as "nameEn", retired, version from consultation_topic
    where city_id = ${tx.scope.cityId} order by retired, sort, code`;
  return [...rows];
}

/** Whether something new may be logged under a topic. */
export async function offered(tx: ScopedTx, code: string): Promise<boolean> {
  const [row] = await tx.sql`
    select from consultation_topic where city_id = ${tx.scope.cityId} and code = ${code} and not retired`;
  return row !== undefined;
}

const about = (tx: ScopedTx, code: string) => ({
  subject: "Topic",
  subjectId: code,
  stationId: tx.caller.actor.stationId,
  path: tx.caller.actor.path,
});

/** A topic of the city's own, behind the others. Only the city's scope writes it. */
export async function addTopic(
  tx: ScopedTx,
  { code, nameZh, nameEn }: Pick<Topic, "code" | "nameZh" | "nameEn">,
): Promise<CounterOutcome<{ code: string }>> {
  const { cityId, path } = tx.scope;
  if (path !== "/") return refused("forbidden");
  const added = await tx.sql`
    insert into consultation_topic (city_id, path, code, name_zh, name_en, sort)
    select ${cityId}, '/', ${code}, ${nameZh}, ${nameEn}, coalesce(max(sort), 0) + 10
    from consultation_topic where city_id = ${cityId}
    on conflict (city_id, code) do nothing`;
  if (added.count === 0) return refused("code_taken");
  await audit(tx, { action: "topic.add", ...about(tx, code), after: { code, name: nameZh } });
  return done({ code });
}

/** Renames a topic, or takes it out of the choice; what was logged under it keeps it. */
export async function editTopic(tx: ScopedTx, topic: Topic): Promise<CounterOutcome<{ code: string }>> {
  const { cityId, path } = tx.scope;
  if (path !== "/") return refused("forbidden");
  const { code, nameZh, nameEn, retired, version } = topic;
  const [before] = await tx.sql<Topic[]>`
    select code, name_zh as "nameZh", name_en as "nameEn", retired, version from consultation_topic
    where city_id = ${cityId} and code = ${code} for update`;
  if (!before) return refused("not_found");
  if (before.version !== version) return refused("conflict");
  await tx.sql`
    update consultation_topic set name_zh = ${nameZh}, name_en = ${nameEn}, retired = ${retired},
      version = version + 1
    where city_id = ${cityId} and code = ${code}`;
  await audit(tx, {
    action: "topic.edit",
    ...about(tx, code),
    before: { name: before.nameZh, retired: before.retired },
    after: { name: nameZh, retired },
  });
  return done({ code });
}
