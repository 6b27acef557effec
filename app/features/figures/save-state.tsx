import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { cx } from "~/ui/cx";
import { Check, CloudOff, LoaderCircle, TriangleAlert } from "~/ui/icons";
import { addressOf, type FilingModel } from "./model";
import type { Filing } from "./use-filing";

/** How far the form is on the server. Says so in words, with a sign of its own for each state. */
export function SaveState({ filing, model }: { filing: Filing; model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  const { state, unsent } = filing;
  switch (state.kind) {
    case "saved":
      return (
        <Line tone="good" icon={<Check aria-hidden className="size-icon" />}>
          {t("save.saved", { at: clock(state.at) })}
        </Line>
      );
    case "saving":
      return (
        <Line icon={<LoaderCircle aria-hidden className="size-icon animate-spin" />}>{t("save.saving")}</Line>
      );
    case "pending":
      return <Line icon={<span aria-hidden>○</span>}>{t("save.pending", { count: unsent })}</Line>;
    case "retrying":
      return (
        <Line tone="warn" icon={<CloudOff aria-hidden className="size-icon" />}>
          {t("save.retrying", { count: unsent })}
        </Line>
      );
    case "signed_out":
      return (
        <Line tone="bad" icon={<TriangleAlert aria-hidden className="size-icon" />}>
          {t("save.signedOut")}{" "}
          <a href={`/login?to=${addressOf(model)}`} className="text-bad underline">
            {t("save.signIn")}
          </a>
        </Line>
      );
    case "refused":
      return (
        <Line tone="bad" icon={<TriangleAlert aria-hidden className="size-icon" />}>
          {state.message} {state.next}
        </Line>
      );
    case "conflict":
      return (
        <Line tone="warn" icon={<TriangleAlert aria-hidden className="size-icon" />}>
          {t("save.conflict")}
        </Line>
      );
    default:
      return model.savedAt ? (
        <Line tone="good" icon={<Check aria-hidden className="size-icon" />}>
          {t("save.saved", { at: formatDateTime(model.savedAt).slice(model.savedToday ? 11 : 5) })}
        </Line>
      ) : (
        <Line>{t("save.idle")}</Line>
      );
  }
}

function clock(instant: string): string {
  return instant ? formatDateTime(instant).slice(11) : "";
}

const TONES = { good: "text-good", warn: "text-warn", bad: "text-bad", mute: "text-ink-3" };

function Line({
  tone = "mute",
  icon,
  children,
}: {
  tone?: keyof typeof TONES;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span role="status" className={cx("flex items-center gap-1 text-sm leading-tight", TONES[tone])}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
