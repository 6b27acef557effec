import type { Message } from "@muster/db/queries/todos";
import type { FindingAction } from "@muster/domain/inspection";
import { localDate, parseDay } from "@muster/domain/period";
import { formatDateTime, formatDay, formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { Tone } from "~/ui/tag";
import type { MessageLine } from "./model";

/** Steps on a finding that others than its station take. */
type ToldStep = Exclude<FindingAction, "answer"> | "raise";

const TONES: Record<Message["kind"], Tone> = {
  returned: "warn",
  reminder: "warn",
  unlocked: "info",
  accepted: "good",
  amend: "warn",
  remark: "info",
  finding: "warn",
};

/** A message in words: what it says, who sent it and when, and the report or finding it speaks of. */
export function messageLine(
  message: Message,
  stationId: number,
  { t, locale }: { t: Translate; locale: Locale },
): MessageLine {
  const { kind, params } = message;
  const day = parseDay(params.dueOn ?? params.until);
  return {
    id: message.id,
    tone: TONES[kind],
    title: t(
      kind === "finding" ? `home:message.finding.${params.step as ToldStep}` : `home:message.${kind}`,
      {
        period: message.period ? formatPeriod(message.period, locale) : "",
        count: Number(params.figures ?? 0),
        day: day ? formatDay(day, locale) : "",
      },
    ),
    note: [message.byName, formatDateTime(message.at).slice(5), params.reason ?? ""]
      .filter(Boolean)
      .join(" · "),
    to: params.findingId
      ? `/findings/${params.findingId}`
      : message.period
        ? `/stations/${stationId}/months/${message.period}`
        : null,
    unread: message.readAt === null,
  };
}

/** Messages show what was sent in the last weeks; an old one that was read says nothing any more. */
export function stillTelling(message: Message, today: string): boolean {
  return message.readAt === null || localDate(new Date(message.at)) >= today.slice(0, 8).concat("01");
}
