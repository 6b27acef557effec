import { RECEPTION_CHANNELS, RECEPTION_PURPOSES, type ReceptionState } from "@muster/domain/reception";
import { Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Tag, type Tone } from "~/ui/tag";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";
import { Entered } from "../staff/entered";
import type { NamedTopic, ShownEntry } from "./list-view.server";

export const STATE_TONES: Record<ReceptionState, Tone> = {
  to_do: "warn",
  passed_up: "info",
  replied: "warn",
  carried: "info",
  answered: "good",
  void: "mute",
};

/** The state in a word. */
export function StateTag({ entry }: { entry: Pick<ShownEntry, "shownState"> }) {
  const { t } = useTranslation(["reception"]);
  return <Tag tone={STATE_TONES[entry.shownState]}>{t(`state.${entry.shownState}`)}</Tag>;
}

/** The columns of the counter log. */
export function useReceptionColumns(): RegisterColumn<ShownEntry>[] {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  return [
    {
      id: "question",
      header: t("column.question"),
      rowHeader: true,
      cell: ({ id, question }) => (
        <Link
          to={`/reception/${id}`}
          className="inline-flex min-h-target max-w-md items-center no-underline hover:underline"
        >
          <span className="line-clamp-2 [overflow-wrap:anywhere]">
            <Entered>{question}</Entered>
          </span>
        </Link>
      ),
    },
    { id: "day", header: t("column.day"), tight: true, cell: ({ day }) => f.date(day) },
    {
      id: "visitor",
      header: t("column.visitor"),
      choice: "on",
      cell: ({ visitor }) => (visitor ? <Entered>{visitor}</Entered> : t("anonymous")),
    },
    { id: "topic", header: t("column.topic"), choice: "on", cell: ({ topicName }) => topicName },
    {
      id: "channel",
      header: t("column.channel"),
      choice: "on",
      tight: true,
      cell: ({ channel }) => t(`channel.${channel}`),
    },
    {
      id: "purpose",
      header: t("column.purpose"),
      choice: "on",
      tight: true,
      cell: ({ purpose }) => t(`purpose.${purpose}`),
    },
    {
      id: "state",
      header: t("column.state"),
      tight: true,
      cell: (entry) => <StateTag entry={entry} />,
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
    },
    {
      id: "by",
      header: t("column.by"),
      choice: "off",
      cell: ({ byName }) => <Entered>{byName}</Entered>,
    },
    {
      id: "answeredOn",
      header: t("column.answeredOn"),
      choice: "off",
      tight: true,
      cell: ({ answeredOn }) => (answeredOn ? f.date(answeredOn) : t("none")),
    },
  ];
}

/** The filters of the counter log. @param months the months one may ask for, the latest first */
export function useReceptionFilters(
  topics: readonly NamedTopic[],
  months: readonly string[],
): RegisterFilter[] {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  return [
    {
      name: "topic",
      label: t("filter.topic"),
      all,
      value: value("topic"),
      options: topics.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      name: "channel",
      label: t("filter.channel"),
      all,
      value: value("channel"),
      options: RECEPTION_CHANNELS.map((channel) => ({ value: channel, label: t(`channel.${channel}`) })),
    },
    {
      name: "purpose",
      label: t("filter.purpose"),
      all,
      value: value("purpose"),
      options: RECEPTION_PURPOSES.map((purpose) => ({ value: purpose, label: t(`purpose.${purpose}`) })),
    },
    {
      name: "state",
      label: t("filter.state"),
      all,
      value: value("state"),
      options: (["open", "to_do", "passed_up", "replied", "carried", "answered", "void"] as const).map(
        (state) => ({
          value: state,
          label: t(`state.${state}`),
        }),
      ),
    },
    {
      name: "month",
      label: t("filter.month"),
      all,
      value: value("month"),
      options: months.map((month) => ({ value: month, label: f.period(month as never) })),
    },
  ];
}

/** How the month stands, with the lists behind the numbers. */
export function ReceptionNumbers({
  walkIns,
  answered,
  open,
  overdue,
  month,
}: {
  walkIns: number;
  answered: number;
  open: number;
  overdue: number;
  month: string;
}) {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const figure = (name: string) => `/reception?figure=reception.${name}&period=${month}`;
  return (
    <KeyNumbers>
      <KeyNumber label={t("summary.walkIns")} value={f.integer(walkIns)} to={figure("walk_ins")} />
      <KeyNumber label={t("summary.answered")} value={f.integer(answered)} to={figure("answered")} />
      <KeyNumber
        label={t("summary.open")}
        value={f.integer(open)}
        note={overdue > 0 ? t("summary.overdueNote", { count: overdue }) : undefined}
        to="/reception?state=open"
      />
    </KeyNumbers>
  );
}
