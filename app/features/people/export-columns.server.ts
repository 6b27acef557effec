import { ageOn } from "@muster/domain/person";
import type { Translate } from "~/i18n/locales";
import type { ShownLine } from "./people-list";

/** A column of the exported list: its head, and what it says of somebody. */
export interface ExportColumn {
  name: string;
  label: () => string;
  value: (line: ShownLine) => string;
}

const ALWAYS = ["name", "sex", "age", "categories"];
/** Columns that only who chooses them gets, as on the screen. */
const ON_REQUEST = ["marks", "activeFrom"];

/**
 * The columns of an exported list: those that the list shows when its reader has chosen some (`cols`), else all that
 * are commonly wanted. Numbers are masked before they come here.
 */
export function exportColumns(
  cols: readonly string[],
  { t, nameOf, today }: { t: Translate; nameOf: ReadonlyMap<string, string>; today: string },
): ExportColumn[] {
  const join = t("people:join");
  const marksOf = ({ livingAlone, emptyNest, cardSince, plaque }: ShownLine) =>
    (
      [
        [livingAlone, "living_alone"],
        [emptyNest, "empty_nest"],
        [cardSince !== null, "card"],
        [plaque, "plaque"],
      ] as const
    ).flatMap(([holds, flag]) => (holds ? [t(`people:flag.${flag}`)] : []));
  const column = (
    name: "name" | "age" | "idNumber" | "phone" | "categories" | "station" | "completeness",
    value: (line: ShownLine) => string,
  ) => ({ name, label: () => t(`people:column.${name}`), value });
  const all: ExportColumn[] = [
    column("name", ({ name }) => name),
    { name: "sex", label: () => t("people:field.sex"), value: ({ sex }) => t(`people:sex.${sex}`) },
    column("age", ({ bornOn, leftOn }) => String(ageOn(bornOn, leftOn ?? today))),
    column("idNumber", ({ idNumber }) => idNumber),
    column("phone", ({ phone }) => phone),
    column("categories", ({ categories }) => categories.map((code) => nameOf.get(code) ?? code).join(join)),
    { name: "marks", label: () => t("people:column.marks"), value: (line) => marksOf(line).join(join) },
    column("station", ({ stationName }) => stationName),
    column("completeness", ({ completeness }) => `${completeness}%`),
    {
      name: "confirmedOn",
      label: () => t("people:column.confirmedOn"),
      value: ({ confirmedOn }) => confirmedOn ?? "",
    },
    {
      name: "activeFrom",
      label: () => t("people:column.activeFrom"),
      value: ({ activeFrom }) => activeFrom,
    },
  ];
  const chosen = cols.length > 0;
  return all.filter(
    ({ name }) => ALWAYS.includes(name) || (chosen ? cols.includes(name) : !ON_REQUEST.includes(name)),
  );
}
