import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import type { Refused } from "~/ui/form";
import { fieldOf } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import type { OpenLine } from "./model";

interface OpenStationsProps {
  lines: readonly OpenLine[];
  refused: Refused | null;
  hrefOf: (stationId: number) => string;
}

/** What is still open before a month is closed: to the report, or a reason why it may be missing. */
export function OpenStations({ lines, refused, hrefOf }: OpenStationsProps) {
  const { t } = useTranslation(["review"]);
  return (
    <>
      <Table
        caption={t("signOff.table")}
        grow
        rows={lines}
        rowKey={(line) => line.stationId}
        columns={[
          {
            id: "station",
            header: t("signOff.station"),
            rowHeader: true,
            cell: (line) => <Link to={hrefOf(line.stationId)}>{line.name}</Link>,
          },
          {
            id: "state",
            header: t("signOff.state"),
            tight: true,
            cell: (line) => <Tag tone="warn">{line.problem}</Tag>,
          },
          {
            id: "reason",
            header: t("signOff.excuse"),
            cell: (line) => (
              <TextInput
                name={`excused.${line.stationId}`}
                aria-label={t("signOff.reason", { name: line.name })}
                maxLength={200}
                autoComplete="off"
                className="min-w-32"
                defaultValue={fieldOf(refused, `excused.${line.stationId}`, line.reason).defaultValue}
              />
            ),
          },
        ]}
      />
      {lines.length > 1 && (
        <Field label={t("signOff.rest")} hint={t("signOff.restHint")} className="border-t border-line p-4">
          {(field) => (
            <TextInput
              {...field}
              name="excusedRest"
              maxLength={200}
              autoComplete="off"
              defaultValue={fieldOf(refused, "excusedRest", "").defaultValue}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** The stations that may be missing, each with the reason. */
export function ExcusedList({
  lines,
}: {
  lines: readonly { stationId: number; name: string; reason: string }[];
}) {
  const { t } = useTranslation(["review"]);
  if (lines.length === 0) return <p className="m-0 text-ink-3">{t("signOff.noExcused")}</p>;
  return (
    <ul className="m-0 list-none p-0">
      {lines.map((line) => (
        <li key={line.stationId} className="border-b border-line py-1.5 last:border-0">
          <b>{line.name}</b>
          <span className="ml-2 text-ink-2">{line.reason}</span>
        </li>
      ))}
    </ul>
  );
}
