import { LIMIT_BOUNDS, LIMIT_NAMES, type PetitionLimits } from "@muster/domain/petition";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { type CounterOutcome, done, refused } from "../reception/outcome";
import { today } from "../stations/row";

/** The city's time limits, the latest first. */
export async function limitsOf(tx: ScopedTx): Promise<PetitionLimits[]> {
  const rows = await tx.sql<PetitionLimits[]>`
    select valid_from as "validFrom", decide_days as decide, handle_days as handle, extend_days as extend,
      ask_days as ask, review_days as review, final_days as final
    from petition_limit where city_id = ${tx.scope.cityId} order by valid_from desc`;
  return [...rows];
}

/** New limits from a day on, for clocks that begin on it or later: one that runs keeps its time. Only the city's scope writes. */
export async function putLimits(
  tx: ScopedTx,
  limits: PetitionLimits,
): Promise<CounterOutcome<PetitionLimits>> {
  const { cityId, path } = tx.scope;
  if (path !== "/") return refused("forbidden");
  if (limits.validFrom < today(tx)) return refused("due_in_past");
  const { least, most } = LIMIT_BOUNDS;
  if (LIMIT_NAMES.some((name) => !(limits[name] >= least && limits[name] <= most)))
    return refused("too_many_days");
  const { validFrom, decide, handle, extend, ask, review, final } = limits;
  const [before] = await limitsOf(tx);
  await tx.sql`
    insert into petition_limit (city_id, path, valid_from, decide_days, handle_days, extend_days, ask_days,
      review_days, final_days)
    values (${cityId}, '/', ${validFrom}, ${decide}, ${handle}, ${extend}, ${ask}, ${review}, ${final})
    on conflict (city_id, valid_from) do update set decide_days = excluded.decide_days,
      handle_days = excluded.handle_days, extend_days = excluded.extend_days, ask_days = excluded.ask_days,
      review_days = excluded.review_days, final_days = excluded.final_days`;
  const { actor } = tx.caller;
  const said = ({ validFrom: from, ...days }: PetitionLimits) => ({ validFrom: from, limitDays: days });
  await audit(tx, {
    action: "petition.limits",
    subject: "PetitionLimits",
    subjectId: validFrom,
    stationId: actor.stationId,
    path: actor.path,
    before: before ? said(before) : null,
    after: said(limits),
  });
  return done(limits);
}
