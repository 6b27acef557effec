import { STAFF_MARKS, type StaffEdge } from "@muster/db/queries/staff/list";
import { EMPLOYMENTS } from "@muster/domain/staff";
import { z } from "zod";
import { type Edge, ListSearch } from "../registers/search";
import { StationNumber } from "../stations/forms";

/** What the list of staff is asked for; anything odd counts as not asked. */
export const StaffSearch = ListSearch.extend({
  q: z.string().trim().max(30).optional().catch(undefined),
  station: StationNumber.optional().catch(undefined),
  employment: z.enum(EMPLOYMENTS).optional().catch(undefined),
  mark: z.enum(STAFF_MARKS).optional().catch(undefined),
});

/** An edge of the list as the query takes it; one that is none of ours begins at the beginning. */
export function staffEdge(edge: Edge | undefined): StaffEdge | undefined {
  const [path, name, id] = edge ?? [];
  if (
    path === undefined ||
    name === undefined ||
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? "")
  )
    return undefined;
  return { path, name, id: id ?? "" };
}
