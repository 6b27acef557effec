import type { ArchiveSheet } from "@muster/db/queries/people/sheet";
import { type Entry, entriesOf, type SectionContent, type SectionName } from "@muster/domain/person-sections";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { PrintSheet } from "~/ui/print-sheet";
import { Entered } from "../staff/entered";
import { useEntryText } from "./entry-fields";

/** What the form shows: nothing in it is sealed any more. */
export interface ArchiveFormModel {
  name: string;
  sex: "male" | "female";
  bornOn: string;
  activeFrom: string;
  idNumber: string;
  phone: string;
  /** By name, in the reader's language. */
  categories: readonly string[];
  sections: ArchiveSheet["sections"];
  station: string;
  keeper: string;
  today: string;
}

/** The form of somebody's archive as an office prints and files it. */
export function ArchiveForm({ model }: { model: ArchiveFormModel }) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const { sections, categories } = model;
  return (
    <PrintSheet
      title={t("form.title")}
      facts={[
        { label: t("form.station"), value: <Entered>{model.station}</Entered> },
        { label: t("form.since"), value: f.date(model.activeFrom) },
      ]}
      signatures={[
        { label: t("form.keeper"), name: <Entered>{model.keeper}</Entered> },
        { label: t("form.checked") },
        { label: t("form.signed") },
      ]}
      seal={{ label: `${model.station} ${t("form.seal")}`, date: f.date(model.today) }}
    >
      {/* Two pairs a line on paper; on a phone one below the other. */}
      <table {...part("table")} className="max-sm:block">
        <tbody {...part("rowgroup")} className="max-sm:block">
          <Pairs
            pairs={[
              [t("field.name"), <Entered key="name">{model.name}</Entered>],
              [t("field.sex"), t(`sex.${model.sex}`)],
              [t("field.bornOn"), f.date(model.bornOn)],
              [t("field.phone"), model.phone || t("none")],
              [t("field.idNumber"), model.idNumber || t("none")],
              [t("field.category"), categories.length > 0 ? categories.join(t("join")) : t("none")],
            ]}
          />
          {sections.map(({ section, content }) => (
            <Section key={section} section={section} content={content} />
          ))}
        </tbody>
      </table>
    </PrintSheet>
  );
}

function Section({ section, content }: { section: SectionName; content: SectionContent | null }) {
  const { t } = useTranslation(["people"]);
  return (
    <>
      <tr {...part("row")} className={LINE}>
        <th
          {...part("columnheader")}
          colSpan={4}
          scope="colgroup"
          className="bg-sunken text-center tracking-wider max-sm:col-span-2"
        >
          {t(`section.${section}`)}
          {content === null && t("form.empty")}
        </th>
      </tr>
      {content !== null && (
        <Pairs
          pairs={entriesOf(section).map(([name, entry]) => [
            t(`field.${name as "name"}`),
            <Said key={name} name={name} entry={entry} said={content[name]} />,
          ])}
        />
      )}
    </>
  );
}

/** What an entry says; nothing where it says nothing: there is room to write. */
function Said({ name, entry, said }: { name: string; entry: Entry; said: string | undefined }) {
  const f = useFormat();
  const textOf = useEntryText();
  if (!said) return null;
  if (entry.kind === "text") return <Entered>{said}</Entered>;
  return <>{entry.kind === "date" ? f.date(said) : textOf(name, entry, said)}</>;
}

/** Drawn as blocks a table's elements are none any more to readers of the screen, unless each says what it is. */
const part = (role: string) => ({ role });
const LINE = "max-sm:grid max-sm:grid-cols-[7em_minmax(0,1fr)]";
const NAME = "w-1/6 text-left font-medium max-sm:w-auto";
const VALUE = "w-1/3 [overflow-wrap:anywhere] max-sm:w-auto";

/** Names and values, two of each in a line. */
function Pairs({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  const lines = Array.from({ length: Math.ceil(pairs.length / 2) }, (_, i) => pairs.slice(i * 2, i * 2 + 2));
  return (
    <>
      {lines.map(([first, second]) => (
        <tr {...part("row")} key={first?.[0]} className={LINE}>
          <th {...part("rowheader")} scope="row" className={NAME}>
            {first?.[0]}
          </th>
          <td {...part("cell")} className={VALUE} colSpan={second ? undefined : 3}>
            {first?.[1]}
          </td>
          {second && (
            <>
              <th {...part("rowheader")} scope="row" className={NAME}>
                {second[0]}
              </th>
              <td {...part("cell")} className={VALUE}>
                {second[1]}
              </td>
            </>
          )}
        </tr>
      ))}
    </>
  );
}
