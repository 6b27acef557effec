import type { NewStation } from "@muster/db/queries/stations/edit";
import type { MonthChange } from "@muster/db/queries/stations/months";
import type { z } from "zod";
import type { Translate } from "~/i18n/locales";
import type { Preview } from "./change-screen";
import type { CreateForm } from "./forms";

type Entered = z.output<typeof CreateForm>;

/** The new station that a form describes. */
export function newStationOf(parentId: number, { type, ...rest }: Entered): NewStation {
  return { parentId, ...type, ...rest };
}

/** What opening the station would do; its fields travel with the confirmation as they were typed. */
export function previewOfNew(
  t: Translate,
  { type, required, ...rest }: Entered,
  parent: string,
  months: MonthChange[],
): Preview {
  return {
    ok: true,
    // A box that is not ticked is not sent.
    entered: { ...rest, type: `${type.level} ${type.kind}`, ...(required ? { required: "on" } : {}) },
    lead: t("stations:create.lead", { parent, name: rest.name }),
    effects: { lines: [], months },
  };
}
