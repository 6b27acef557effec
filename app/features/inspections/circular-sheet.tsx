import type { InspectedStation } from "@muster/db/queries/inspections/read";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat, useLocale } from "~/i18n/use-format";
import { PrintSheet } from "~/ui/print-sheet";
import { usePageTranslate } from "~/ui/use-page";
import type { FindingLine } from "./finding-lines.server";
import { numberOf } from "./inspection-words";

export interface CircularModel {
  head: { theme: string; year: number; number: number; startsOn: string; endsOn: string; by: string };
  circular: {
    text: string;
    stations: number;
    visited: number;
    findings: { minor: number; major: number; grave: number };
    closed: number;
    concludedOn: string;
    by: string;
  };
  /** The station that receives it; null for who sees all of it. */
  own: { name: string } | null;
  inspectors: readonly string[];
  stations: readonly InspectedStation[];
  findings: readonly FindingLine[];
}

/** The circular as an office prints, signs and seals it. */
export function CircularSheet({ model }: { model: CircularModel }) {
  const { t } = useTranslation(["inspections"]);
  const translate = usePageTranslate();
  const f = useFormat();
  const { head, circular, own, inspectors, stations, findings } = model;
  const { minor, major, grave } = circular.findings;
  return (
    <PrintSheet
      title={t("circular.title")}
      facts={[
        {
          label: t("circular.number"),
          value: numberOf({ station: head.by, year: head.year, number: head.number }, translate),
        },
        { label: t("circular.theme"), value: <Entered>{head.theme}</Entered> },
        {
          label: t("circular.dates"),
          value: t("dates", { from: f.date(head.startsOn), to: f.date(head.endsOn) }),
        },
        { label: t("circular.to"), value: own ? own.name : t("circular.toAll") },
      ]}
      signatures={[
        { label: t("circular.head"), name: <Entered>{circular.by}</Entered> },
        ...(own
          ? [{ label: t("circular.receiver") }]
          : [{ label: t("circular.inspectors"), name: <Entered>{inspectors.join("、")}</Entered> }]),
      ]}
      seal={{
        label: `${head.by} ${t("circular.seal")}`,
        date: t("circular.date", { date: f.date(circular.concludedOn) }),
      }}
    >
      <div className="grid gap-3">
        <p className="m-0 whitespace-pre-line indent-8 leading-loose">
          <Entered>{circular.text}</Entered>
        </p>
        <p className="m-0 indent-8 leading-loose">
          {t("circular.summary", {
            visited: circular.visited,
            stations: circular.stations,
            findings: minor + major + grave,
            ...{ minor, major, grave },
            closed: circular.closed,
          })}
        </p>
        <h2 className="m-0 text-md">
          {own ? t("circular.ownPart", { station: own.name }) : t("circular.all")}
        </h2>
        {stations.map((station) => (
          <Part
            key={station.stationId}
            title={[station.parentName, station.name].filter(Boolean).join(" ")}
            note={station.visitedOn === null ? t("page.notVisited") : ""}
            findings={findings.filter(({ stationId }) => stationId === station.stationId)}
          />
        ))}
      </div>
    </PrintSheet>
  );
}

function Part({
  title,
  note = "",
  findings,
}: {
  title: string;
  note?: string;
  findings: readonly FindingLine[];
}) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const locale = useLocale();
  return (
    <section className="break-inside-avoid">
      <h3 className="m-0 mb-1 text-base">
        {title}
        {findings.length === 0 && (
          <span className="ml-2 font-normal text-ink-2">{note || t("circular.none")}</span>
        )}
      </h3>
      {findings.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("column.item")}</th>
              <th scope="col">{t("column.body")}</th>
              <th scope="col">{t("column.severity")}</th>
              <th scope="col">{t("column.dueOn")}</th>
              <th scope="col">{t("column.state")}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={finding.id}>
                <td>
                  {finding.itemCode === null ? (
                    <Entered>{finding.itemZh}</Entered>
                  ) : (
                    `${finding.itemCode} ${locale === "zh-CN" ? finding.itemZh : finding.itemEn}`
                  )}
                </td>
                <td>
                  <Entered>{finding.body}</Entered>
                </td>
                <td>{t(`severity.${finding.severity}`)}</td>
                <td>{f.date(finding.dueOn)}</td>
                <td>{t(`status.${finding.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
