import type { FindingEventLine } from "@muster/db/queries/findings/read";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import type { Tone } from "~/ui/tag";
import { Timeline } from "~/ui/timeline";

const TONES: Record<FindingEventLine["action"], Tone> = {
  raise: "warn",
  answer: "info",
  close: "good",
  send_back: "bad",
  extend: "mute",
  withdraw: "mute",
  urge: "warn",
};

/** What happened to a finding: who, when, what they said, and by when it was due from then on. */
export function Story({ events }: { events: readonly FindingEventLine[] }) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  return (
    <Card title={t("finding.story")}>
      <Timeline
        events={events.map(({ id, action, at, byName, byStationName, body, dueOn }) => ({
          id,
          tone: TONES[action],
          title: t(`action.${action}`),
          when: f.dateTime(at),
          who: (
            <>
              {byStationName} <Entered>{byName}</Entered>
            </>
          ),
          detail: (
            <>
              <p className="m-0 whitespace-pre-line [overflow-wrap:anywhere]">
                <Entered>{body}</Entered>
              </p>
              {(action === "raise" || action === "extend" || action === "send_back") && (
                <p className="m-0 text-sm text-ink-3">{t("finding.dueWas", { day: f.date(dueOn) })}</p>
              )}
            </>
          ),
        }))}
      />
    </Card>
  );
}
