import type { GapClosing, Staffing } from "@muster/domain/staffing";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Button, LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { NumberInput } from "~/ui/input";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

function useNumber() {
  const f = useFormat();
  return (value: number | null) => (value === null ? "—" : f.integer(Math.round(value)));
}

/** Whether the rule is met, and by how much it is not. */
function Verdict({ shortfall }: Pick<Staffing, "shortfall">) {
  const { t } = useTranslation(["staff"]);
  if (shortfall === null) return <Tag>{t("ratio.unknown")}</Tag>;
  return shortfall > 0 ? (
    <Tag tone="bad">{t("ratio.short", { count: shortfall })}</Tag>
  ) : (
    <Tag tone="good">{t("ratio.ok")}</Tag>
  );
}

/** The four numbers of the rule. */
export function RatioNumbers({ state, supposed }: { state: Staffing; supposed: boolean }) {
  const { t } = useTranslation(["staff"]);
  const number = useNumber();
  const note = supposed ? t("ratio.supposed") : undefined;
  return (
    <KeyNumbers>
      <KeyNumber label={t("ratio.people")} value={number(state.beneficiaries)} note={note} />
      <KeyNumber label={t("ratio.staff")} value={number(state.fullTime)} note={note} />
      <KeyNumber label={t("ratio.required")} value={number(state.required)} note={<Verdict {...state} />} />
      <KeyNumber label={t("ratio.perWorker")} value={number(state.perWorker)} />
    </KeyNumbers>
  );
}

type Closing = Omit<GapClosing, "regroup"> & { regroup: readonly string[] };

interface ClosingProps {
  state: Staffing;
  closing: Closing | null;
  manages: boolean;
  /** Beneficiaries that one worker may serve. */
  perWorker: number;
}

/** How the numbers are worked out, and what would close the gap. */
export function ClosingCard({ state, closing, manages, perWorker }: ClosingProps) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const { beneficiaries, fullTime, required, shortfall } = state;
  if (beneficiaries === null || fullTime === null || required === null || shortfall === null)
    return (
      <Card title={t("ratio.why")}>
        <EmptyState title={t("ratio.unknown")}>{t("ratio.noData")}</EmptyState>
      </Card>
    );
  const people = (count: number) => t("ratio.persons", { count });
  return (
    <Card title={t("ratio.why")}>
      <p className="m-0">
        {t("ratio.step", {
          people: f.integer(beneficiaries),
          per: f.integer(perWorker),
          quotient: f.decimal(beneficiaries / perWorker, 2),
          required,
          staff: fullTime,
          shortfall,
        })}
      </p>
      <h3 className="mb-1 mt-4 text-base">{t("ratio.close")}</h3>
      {closing ? (
        <>
          <DescriptionList
            columns={1}
            items={(["fill", "convert", "apply"] as const)
              .filter((way) => closing[way] > 0)
              .map((way) => ({ term: people(closing[way]), value: t(`ratio.${way}`) }))}
          />
          <p className="m-0 mt-3 text-ink-2">
            {manages
              ? `${t("ratio.excess", { count: closing.excess })}${
                  closing.regroup.length > 0
                    ? t("ratio.regroup", { names: closing.regroup.join(t("join")) })
                    : t("ratio.regroupNone")
                }`
              : t("ratio.ownExcess", { count: closing.excess })}
          </p>
        </>
      ) : (
        <p className="m-0">{t("ratio.closed")}</p>
      )}
    </Card>
  );
}

interface WhatIfProps {
  stationId: number;
  now: Staffing;
  supposed: Staffing | null;
  /** The city's total follows from this station, and the reader sees it. */
  counts: boolean;
  /** The city's total now and then; null for who does not see the city. */
  total: { now: Staffing; supposed: Staffing } | null;
}

/** Other numbers, tried out: they stand in the address and nowhere else. */
export function WhatIfCard({ stationId, now, supposed, counts, total }: WhatIfProps) {
  const { t } = useTranslation(["staff"]);
  const number = useNumber();
  const state = supposed ?? now;
  const rows = [
    ...(supposed
      ? [
          { id: "now", label: t("ratio.now"), state: now },
          { id: "supposed", label: t("ratio.supposed"), state: supposed },
        ]
      : []),
    ...(total
      ? [
          { id: "city", label: `${t("ratio.city")} · ${t("ratio.now")}`, state: total.now },
          { id: "then", label: `${t("ratio.city")} · ${t("ratio.supposed")}`, state: total.supposed },
        ]
      : []),
  ];
  return (
    <Card title={t("ratio.whatIf")}>
      <p className="m-0 mb-3 text-ink-3">{t(counts ? "ratio.whatIfNoteTotal" : "ratio.whatIfNote")}</p>
      <Form
        method="get"
        className="mb-3 flex flex-wrap items-end gap-2"
        key={`${state.beneficiaries} ${state.fullTime}`}
      >
        <Field id="people" label={t("ratio.people")} className="w-36">
          {(control) => (
            <NumberInput {...control} name="people" maxLength={7} defaultValue={state.beneficiaries ?? ""} />
          )}
        </Field>
        <Field id="staff" label={t("ratio.staff")} className="w-36">
          {(control) => (
            <NumberInput {...control} name="staff" maxLength={4} defaultValue={state.fullTime ?? ""} />
          )}
        </Field>
        <Button type="submit" tone="primary">
          {t("ratio.calculate")}
        </Button>
        {supposed && <LinkButton to={`/stations/${stationId}/staffing`}>{t("ratio.reset")}</LinkButton>}
      </Form>
      {rows.length > 0 && (
        <Table
          caption={t("ratio.whatIf")}
          rows={rows}
          rowKey={({ id }) => id}
          grow
          columns={[
            { id: "label", header: t("ratio.whatIf"), rowHeader: true, cell: ({ label }) => label },
            {
              id: "required",
              header: t("ratio.required"),
              numeric: true,
              cell: (row) => number(row.state.required),
            },
            {
              id: "staff",
              header: t("ratio.staff"),
              numeric: true,
              cell: (row) => number(row.state.fullTime),
            },
            {
              id: "perWorker",
              header: t("ratio.perWorker"),
              numeric: true,
              cell: (row) => number(row.state.perWorker),
            },
            {
              id: "verdict",
              header: t("ratio.shortfall"),
              tight: true,
              cell: (row) => <Verdict {...row.state} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

type Unit = Staffing & { id: number; name: string };

/** Towns and homes of a city, each opening its own page. */
export function UnitsCard({ units }: { units: readonly Unit[] }) {
  const { t } = useTranslation(["staff"]);
  const number = useNumber();
  return (
    <Card title={t("ratio.cityTable")} flush>
      <Table
        caption={t("ratio.cityTable")}
        rows={units}
        rowKey={({ id }) => id}
        grow
        empty={<EmptyState title={t("cover.empty")} />}
        columns={[
          {
            id: "name",
            header: t("column.station"),
            rowHeader: true,
            cell: ({ id, name }) => (
              <Link
                to={`/stations/${id}/staffing`}
                className="inline-flex min-h-target items-center no-underline hover:underline"
              >
                {name}
              </Link>
            ),
          },
          {
            id: "people",
            header: t("ratio.people"),
            numeric: true,
            cell: (row) => number(row.beneficiaries),
          },
          { id: "required", header: t("ratio.required"), numeric: true, cell: (row) => number(row.required) },
          { id: "staff", header: t("ratio.staff"), numeric: true, cell: (row) => number(row.fullTime) },
          {
            id: "perWorker",
            header: t("ratio.perWorker"),
            numeric: true,
            cell: (row) => number(row.perWorker),
          },
          { id: "verdict", header: t("ratio.shortfall"), tight: true, cell: (row) => <Verdict {...row} /> },
        ]}
      />
    </Card>
  );
}
