import type { DueLine } from "@muster/db/queries/visits/due";
import type { Worker } from "@muster/db/queries/visits/workers";
import { daysFrom } from "@muster/domain/period";
import type { ContactEvent } from "@muster/domain/visit";
import { Form, Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat, useLocale } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, type Refused } from "~/ui/form";
import { Select } from "~/ui/input";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { FilterBar } from "~/ui/toolbar";

type Station = { id: number; name: string };

/** How far a day is behind or ahead, in a tag that says so. */
export function DueTag({ dueOn, today }: { dueOn: string; today: string }) {
  const { t } = useTranslation(["visits"]);
  const days = daysFrom(today, dueOn);
  if (days < 0) return <Tag tone="bad">{t("due.over", { count: -days })}</Tag>;
  if (days === 0) return <Tag tone="warn">{t("due.today")}</Tag>;
  return <Tag tone="info">{t("due.in", { count: days })}</Tag>;
}

/** What is asked for: the rule by its name, or what happened. */
export function useRuleName(): (line: Pick<DueLine, "every" | "ruleZh" | "ruleEn">) => string {
  const { t } = useTranslation(["visits"]);
  const locale = useLocale();
  return ({ every, ruleZh, ruleEn }) => {
    const [kind, event] = every.split("_");
    if (kind === "event") return t(`event.${event as ContactEvent}`);
    return (locale === "zh-CN" ? ruleZh : ruleEn) ?? t(`every.${every}`);
  };
}

/** Where a visit for something that is due is entered. */
export function logAddress({ recordId, every }: Pick<DueLine, "recordId" | "every">): string {
  const [kind, what] = every.split("_");
  const occasion = kind === "event" ? what : kind === "festival" ? "festival" : "routine";
  return `/visits/new?person=${recordId}&occasion=${occasion}`;
}

/** Station, worker, and whether only what is overdue. */
export function DueFilters({
  own,
  below,
  station,
  assignees,
}: {
  own: Station;
  below: readonly Station[];
  station: Station;
  assignees: readonly Worker[];
}) {
  const { t } = useTranslation(["visits"]);
  const [asked] = useSearchParams();
  const choices = [own, ...below];
  const stations = choices.some(({ id }) => id === station.id) ? choices : [...choices, station];
  return (
    <div className="mb-3">
      <FilterBar label={t("filter.state")}>
        {below.length > 0 && (
          <Field id="filter-station" label={t("new.station")}>
            {(control) => (
              <Select
                {...control}
                key={station.id}
                name="station"
                defaultValue={String(station.id)}
                options={stations.map(({ id, name }) => ({ value: String(id), label: name, lang: "zh-CN" }))}
              />
            )}
          </Field>
        )}
        {assignees.length > 0 && (
          <Field id="filter-worker" label={t("filter.worker")}>
            {(control) => (
              <Select
                {...control}
                key={asked.get("worker") ?? ""}
                name="worker"
                placeholder={t("filter.all")}
                defaultValue={asked.get("worker") ?? ""}
                options={assignees.map(({ id, name }) => ({ value: id, label: name, lang: "zh-CN" }))}
              />
            )}
          </Field>
        )}
        <Field id="filter-state" label={t("filter.state")}>
          {(control) => (
            <Select
              {...control}
              key={asked.get("state") ?? ""}
              name="state"
              placeholder={t("due.allDue")}
              defaultValue={asked.get("state") ?? ""}
              options={[{ value: "overdue", label: t("due.overdueOnly") }]}
            />
          )}
        </Field>
      </FilterBar>
    </div>
  );
}

/** How many people are due at each station. */
export function DueStations({
  stations,
  here,
}: {
  stations: readonly { stationId: number; name: string; people: number; overdue: number }[];
  here: number;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  return (
    <Card title={t("due.byStation")} flush>
      <Table
        caption={t("due.byStation")}
        rows={stations}
        rowKey={({ stationId }) => stationId}
        columns={[
          {
            id: "station",
            header: t("column.station"),
            rowHeader: true,
            cell: ({ stationId, name }) =>
              stationId === here ? (
                <span lang="zh-CN">{name}</span>
              ) : (
                <Link
                  to={`/visits/due?station=${stationId}`}
                  lang="zh-CN"
                  className="inline-flex min-h-target items-center"
                >
                  {name}
                </Link>
              ),
          },
          { id: "people", header: t("due.people"), numeric: true, cell: ({ people }) => f.integer(people) },
          {
            id: "overdue",
            header: t("due.overduePeople"),
            numeric: true,
            cell: ({ overdue }) => f.integer(overdue),
          },
        ]}
      />
    </Card>
  );
}

/** Who is due, the longest overdue first, each a tap from its visit; at one station people are given to workers. */
export function DueTable({
  due,
  station,
  workers,
  logs,
  today,
  refused,
}: {
  due: { lines: DueLine[]; total: number; overdue: number };
  station: Station;
  workers: readonly Worker[];
  logs: readonly string[];
  today: string;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const ruleName = useRuleName();
  const mayLog = new Set(logs);
  const { lines, total, overdue } = due;
  // Where there is only one to go, nobody needs to be told.
  const assigns = workers.length > 1 && lines.some(({ stationId }) => stationId === station.id);
  // Somebody under two rules is one box.
  const first = new Set<string>();
  const boxed = new Set(
    lines.flatMap((line, i) => {
      if (line.stationId !== station.id || first.has(line.recordId)) return [];
      first.add(line.recordId);
      return [i];
    }),
  );
  const rows = lines.map((line, place) => ({ ...line, place }));
  const table = (
    <Table
      caption={t("due.caption")}
      rows={rows}
      rowKey={({ recordId, rule, noticeId }) => `${recordId} ${rule ?? noticeId}`}
      stacked
      selection={
        assigns
          ? {
              name: "records",
              label: ({ name }) => t("due.select", { name }),
              value: ({ recordId }) => recordId,
              disabled: ({ place }) => !boxed.has(place),
            }
          : undefined
      }
      empty={<EmptyState title={t("due.empty")}>{t("due.emptyHint")}</EmptyState>}
      columns={[
        {
          id: "name",
          header: t("column.name"),
          rowHeader: true,
          cell: ({ recordId, name }) => (
            <Link
              to={`/visits/people/${recordId}`}
              lang="zh-CN"
              className="inline-flex min-h-target min-w-target items-center font-semibold"
            >
              {name}
            </Link>
          ),
        },
        {
          id: "over",
          header: t("column.over"),
          tight: true,
          cell: ({ dueOn }) => <DueTag dueOn={dueOn} today={today} />,
        },
        { id: "rule", header: t("column.rule"), cell: (line) => ruleName(line) },
        {
          id: "dueOn",
          header: t("column.dueOn"),
          tight: true,
          wide: true,
          cell: ({ dueOn }) => f.date(dueOn),
        },
        {
          id: "last",
          header: t("column.last"),
          tight: true,
          wide: true,
          cell: ({ lastOn }) => (lastOn ? f.date(lastOn) : t("due.never")),
        },
        {
          id: "station",
          header: t("column.station"),
          wide: true,
          cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
        },
        {
          id: "worker",
          header: t("filter.worker"),
          wide: true,
          cell: ({ worker }) => (worker ? <span lang="zh-CN">{worker}</span> : t("due.unassigned")),
        },
        {
          id: "log",
          header: <span className="sr-only">{t("due.log")}</span>,
          tight: true,
          cell: (line) =>
            mayLog.has(line.recordId) && (
              <LinkButton to={logAddress(line)} size="small">
                {t("due.log")}
                <span className="sr-only">{line.name}</span>
              </LinkButton>
            ),
        },
      ]}
    />
  );
  return (
    <Card
      flush
      title={t("due.total", { total: f.integer(total), overdue: f.integer(overdue) })}
      footer={
        total > lines.length ? (
          <span className="text-ink-3">{t("due.cut", { count: lines.length })}</span>
        ) : undefined
      }
    >
      {assigns && lines.length > 0 ? (
        <Form method="post">
          <FormErrors refused={refused} />
          <input type="hidden" name="station" value={station.id} />
          {table}
          <div className="flex flex-wrap items-center gap-2.5 border-t border-line px-4 py-2.5 print:hidden">
            <span className="text-ink-3">{t("due.bulkNote")}</span>
            <Field id="worker" label={t("due.assign")} hideLabel>
              {(control) => (
                <Select
                  {...control}
                  name="worker"
                  options={workers.map(({ id, name }) => ({ value: id, label: name, lang: "zh-CN" }))}
                />
              )}
            </Field>
            <SubmitButton tone="plain">{t("due.assignDo")}</SubmitButton>
          </div>
        </Form>
      ) : (
        table
      )}
    </Card>
  );
}
