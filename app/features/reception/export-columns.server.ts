import type { Translate } from "~/i18n/locales";
import { columnMaker, type ExportColumn } from "../registers/exported-list.server";
import type { shownEntry } from "./list-view.server";

type Line = ReturnType<typeof shownEntry>;

/** The columns of an exported counter log, without telephones. */
export function exportColumns(t: Translate): ExportColumn<Line>[] {
  const column = columnMaker<
    | ("day" | "visitor" | "topic" | "question" | "answer" | "channel" | "purpose" | "state")
    | ("station" | "by" | "answeredOn"),
    Line
  >((words, name) => words(`reception:column.${name}`));
  return [
    column("day", ({ day }) => day),
    column("visitor", ({ visitor }) => visitor || t("reception:anonymous"), "usual"),
    column("topic", ({ topicName }) => topicName, "usual"),
    column("question", ({ question }) => question),
    column("answer", ({ answer }) => answer),
    column("channel", ({ channel }) => t(`reception:channel.${channel}`), "usual"),
    column("purpose", ({ purpose }) => t(`reception:purpose.${purpose}`), "usual"),
    column("state", ({ shownState }) => t(`reception:state.${shownState}`)),
    column("station", ({ stationName }) => stationName, "usual"),
    column("by", ({ byName }) => byName, "usual"),
    column("answeredOn", ({ answeredOn }) => answeredOn ?? "", "usual"),
  ];
}
