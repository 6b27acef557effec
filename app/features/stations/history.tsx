import type { StationEventLine } from "@muster/db/queries/stations/page";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import type { Tone } from "~/ui/tag";
import { Timeline } from "~/ui/timeline";

const TONES: Record<StationEventLine["kind"], Tone> = {
  open: "good",
  reopen: "good",
  close: "bad",
  merge: "warn",
  move: "info",
  rename: "info",
  edit: "mute",
};

/** How the station came to stand as it stands. */
export function HistoryCard({ events }: { events: readonly StationEventLine[] }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  return (
    <Card title={t("history.title")}>
      <Timeline
        events={events.map((event) => ({
          id: event.id,
          tone: TONES[event.kind],
          title: titleOf(event, t),
          when: f.date(event.effectiveOn),
          who: t("history.entered", { name: event.byName, at: f.dateTime(event.at) }),
        }))}
      />
    </Card>
  );
}

function titleOf({ kind, details }: StationEventLine, t: TFunction<["stations"]>): string {
  const name = (field: string) => nameOf(details[field]);
  switch (kind) {
    case "open":
      return name("parent") ? t("history.openBelow", { parent: name("parent") }) : t("history.open");
    case "rename":
      return t("history.rename", { from: name("from"), to: name("to") });
    case "move":
      return t("history.move", { from: name("from"), to: name("to") });
    case "merge":
      return name("into")
        ? t("history.mergeInto", { into: name("into") })
        : t("history.mergeFrom", { from: name("from") });
    default:
      return t(`history.${kind}`);
  }
}

/** A name stands in the details by itself or with its number. */
function nameOf(detail: unknown): string {
  if (typeof detail === "string") return detail;
  if (typeof detail === "object" && detail !== null && "name" in detail) return String(detail.name);
  return "";
}
