import { ageOn } from "@muster/domain/person";
import type { Translate } from "~/i18n/locales";
import { columnMaker, type ExportColumn } from "../registers/exported-list.server";
import type { ShownLine } from "./people-list";

/** The columns of an exported list of people. Numbers are masked before they come here. */
export function exportColumns({
  t,
  nameOf,
  today,
}: {
  t: Translate;
  /** Names of categories by their codes. */
  nameOf: ReadonlyMap<string, string>;
  today: string;
}): ExportColumn<ShownLine>[] {
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
  const column = columnMaker<
    | "name"
    | "age"
    | "categories"
    | "marks"
    | "station"
    | "idNumber"
    | "phone"
    | "completeness"
    | "confirmedOn"
    | "activeFrom",
    ShownLine
  >((words, name) => words(`people:column.${name}`));
  return [
    column("name", ({ name }) => name),
    { name: "sex", label: (words) => words("people:field.sex"), value: ({ sex }) => t(`people:sex.${sex}`) },
    column("age", ({ bornOn, leftOn }) => String(ageOn(bornOn, leftOn ?? today))),
    column("idNumber", ({ idNumber }) => idNumber, "usual"),
    column("phone", ({ phone }) => phone, "usual"),
    column("categories", ({ categories }) => categories.map((code) => nameOf.get(code) ?? code).join(join)),
    column("marks", (line) => marksOf(line).join(join), "rare"),
    column("station", ({ stationName }) => stationName, "usual"),
    column("completeness", ({ completeness }) => `${completeness}%`, "usual"),
    column("confirmedOn", ({ confirmedOn }) => confirmedOn ?? "", "usual"),
    column("activeFrom", ({ activeFrom }) => activeFrom, "rare"),
  ];
}
