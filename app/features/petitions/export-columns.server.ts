import { daysFrom, type LocalDate } from "@muster/domain/period";
import type { Translate } from "~/i18n/locales";
import { columnMaker, type ExportColumn } from "../registers/exported-list.server";
import type { shownPetition } from "./ledger.server";
import { numberOf, petitionersIn } from "./petition-words";

type Line = ReturnType<typeof shownPetition>;

/** The columns of an exported ledger of petitions, without telephones and addresses. */
export function exportColumns(t: Translate, today: LocalDate): ExportColumn<Line>[] {
  const left = (dueOn: LocalDate | null) => {
    if (dueOn === null) return "";
    const days = daysFrom(today, dueOn);
    if (days === 0) return t("petitions:clock.today");
    return days > 0
      ? t("petitions:clock.left", { count: days })
      : t("petitions:clock.over", { count: -days });
  };
  const column = columnMaker<
    | ("number" | "receivedOn" | "subject" | "petitioner" | "topic" | "channel" | "state" | "dueOn")
    | ("clock" | "leader" | "backlog" | "closedOn" | "station"),
    Line
  >((words, name) => words(`petitions:column.${name}`));
  return [
    column("number", (line) => numberOf(line, t), "usual"),
    column("receivedOn", ({ receivedOn }) => receivedOn, "usual"),
    column("subject", ({ subject }) => subject),
    column("petitioner", ({ petitioner, people }) => petitionersIn(petitioner, people, t)),
    column("topic", ({ topicName }) => topicName, "usual"),
    column("channel", ({ channel }) => t(`reception:channel.${channel}`)),
    column("state", ({ state }) => t(`petitions:state.${state}`)),
    column("dueOn", ({ dueOn }) => dueOn ?? ""),
    column("clock", ({ dueOn }) => left(dueOn)),
    column("leader", ({ leaderName }) => leaderName ?? "", "usual"),
    column("backlog", ({ backlog }) => t(backlog ? "petitions:yes" : "petitions:no")),
    column("closedOn", ({ closedOn }) => closedOn ?? "", "usual"),
    column("station", ({ stationName }) => stationName, "usual"),
  ];
}
