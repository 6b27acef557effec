import { FINDING_FIGURES } from "@muster/domain/inspection";
import { COUNTS_IN } from "./predicates";

/**
 * The month's figures of each station that was ever inspected, or had a finding, by the end of the month: from then
 * on the register answers, also with nothing. The others are absent, and what was typed for them stands.
 */
export const FINDING_STATEMENT = `
  select known.id, array[${FINDING_FIGURES.map((figure) => `count(f.id) filter (where ${COUNTS_IN[figure]})`).join(", ")}],
    null::bigint[]
  from (
    select station_id as id from inspection_station
    where city_id = :city and station_id = any(:stations) and visited_on <= :last
    union
    select station_id from finding
    where city_id = :city and station_id = any(:stations) and opened_on <= :last) known
  left join finding f on f.city_id = :city and f.station_id = known.id and f.opened_on <= :last
  group by known.id`;
