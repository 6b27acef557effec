import { daysFrom } from "@muster/domain/period";
import { NEAR_DAYS, type PetitionState } from "@muster/domain/petition";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Tag, type Tone } from "~/ui/tag";

export const STATE_TONES: Record<PetitionState, Tone> = {
  registered: "warn",
  accepted: "info",
  replied: "good",
  in_review: "warn",
  reviewed: "good",
  in_final: "warn",
  final: "good",
  referred: "mute",
  refused: "mute",
  withdrawn: "mute",
  archived: "mute",
};

/** The state in a word. */
export function StateTag({ state }: { state: PetitionState }) {
  const { t } = useTranslation(["petitions"]);
  return <Tag tone={STATE_TONES[state]}>{t(`state.${state}`)}</Tag>;
}

/** How many days are left or over, in words and a sign. */
export function ClockTag({ dueOn, today }: { dueOn: string; today: string }) {
  const { t } = useTranslation(["petitions"]);
  const left = daysFrom(today, dueOn);
  if (left < 0) return <Tag tone="bad">{t("clock.over", { count: -left })}</Tag>;
  if (left === 0) return <Tag tone="warn">{t("clock.today")}</Tag>;
  return <Tag tone={left <= NEAR_DAYS ? "warn" : "info"}>{t("clock.left", { count: left })}</Tag>;
}

/** The clock of a line of the ledger: the last day, and how many are left. */
export function ClockCell({ dueOn, today }: { dueOn: string | null; today: string }) {
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  if (dueOn === null) return t("clock.none");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <ClockTag dueOn={dueOn} today={today} />
      <span className="text-sm text-ink-3">{f.date(dueOn)}</span>
    </span>
  );
}
