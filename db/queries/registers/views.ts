import type { RegisterName } from "@muster/domain/register";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";

/** A list as somebody likes to see it. */
export interface SavedView {
  id: string;
  name: string;
  /** The address's query. */
  query: string;
}

/** More views than fit above a list help nobody. */
export const MOST_VIEWS = 12;

/** The caller's own views of a register, in their role at this station. */
export async function viewsOf(tx: ScopedTx, register: RegisterName): Promise<SavedView[]> {
  const { userId, stationId } = tx.caller.actor;
  const rows = await tx.sql<SavedView[]>`
    select id, name, query from saved_view
    where city_id = ${tx.scope.cityId} and user_id = ${userId} and station_id = ${stationId}
      and register = ${register}
    order by created_at, id`;
  return [...rows];
}

/** Keeps a view under a name; one of that name is replaced. False when there are as many as fit. */
export async function saveView(
  tx: ScopedTx,
  { register, name, query }: { register: RegisterName; name: string; query: string },
): Promise<boolean> {
  const { userId, stationId, path } = tx.caller.actor;
  const views = await viewsOf(tx, register);
  if (views.length >= MOST_VIEWS && !views.some((view) => view.name === name)) return false;
  await tx.sql`
    insert into saved_view (city_id, path, id, station_id, user_id, register, name, query, created_at)
    values (${tx.scope.cityId}, ${path}, ${newId()}, ${stationId}, ${userId}, ${register}, ${name}, ${query},
      ${tx.caller.now.toISOString()})
    on conflict (city_id, user_id, station_id, register, name) do update set query = excluded.query`;
  await audit(tx, {
    action: "view.save",
    subject: "View",
    subjectId: register,
    stationId,
    path,
    after: { name },
  });
  return true;
}

/** Forgets a view of the caller's own; false when there is none. */
export async function dropView(tx: ScopedTx, id: string): Promise<boolean> {
  const { userId, stationId, path } = tx.caller.actor;
  const [gone] = await tx.sql<{ name: string; register: string }[]>`
    delete from saved_view where city_id = ${tx.scope.cityId} and id = ${id} and user_id = ${userId}
    returning name, register`;
  if (!gone) return false;
  await audit(tx, {
    action: "view.drop",
    subject: "View",
    subjectId: gone.register,
    stationId,
    path,
    before: { name: gone.name },
  });
  return true;
}
