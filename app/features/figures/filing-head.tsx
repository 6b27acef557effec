import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { cx } from "~/ui/cx";
import { ProgressBar } from "~/ui/meter";
import { type FilingModel, progressOf, type SectionView } from "./model";
import type { Filing } from "./use-filing";

export interface FilingHeadProps {
  model: FilingModel;
  sections: readonly SectionView[];
  filing: Filing;
  /** Things to correct or to explain. */
  issues: number;
}

/** The head of the form: which month, whose, due when, how far. */
export function FilingHead({ model, sections, filing, issues }: FilingHeadProps) {
  const { t } = useTranslation(["figures"]);
  const f = useFormat();
  const { asked, given } = progressOf(sections, filing.reading.figures);
  const untouched = Object.entries(model.proposals).filter(([code]) => !filing.touched.has(code));
  const derived = untouched.filter(([, { origin }]) => origin === "register").length;
  const carried = untouched.filter(([, { origin }]) => origin === "carried").length;
  const parts = [
    t("progress.given", { given, asked }),
    model.may.save && derived > 0 && t("progress.derived", { count: derived }),
    model.may.save && carried > 0 && t("progress.carried", { count: carried }),
    issues > 0 && t("progress.issues", { count: issues }),
  ].filter((part): part is string => Boolean(part));
  return (
    <header className="on-dark -mx-3 -mt-3 bg-accent-strong px-4 pb-3.5 pt-3 text-on-accent lg:m-0 lg:rounded-lg lg:px-5 lg:py-3.5 print:hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="m-0 flex-1 whitespace-nowrap text-lg">
          {t("title", { period: f.period(model.period) })}
        </h1>
        <DueTag model={model} />
      </div>
      <p className="m-0 text-sm">{[model.parentName, model.stationName].filter(Boolean).join(" · ")}</p>
      <div className="mt-2.5">
        <ProgressBar
          onDark
          label={t("progress.given", { given, asked })}
          share={asked === 0 ? 1 : given / asked}
        />
      </div>
      <p className="m-0 mt-1.5 text-sm">{parts.join(t("progress.join"))}</p>
    </header>
  );
}

const OPEN = ["draft", "returned", "amending"];

/** When it is due, or where it stands once it is filed. */
function DueTag({ model }: { model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  const f = useFormat();
  const { standing } = model;
  const open = OPEN.some((status) => status === standing);
  const text = open
    ? t("due", { date: f.day(model.dueOn), left: f.daysLeft(model.daysLeft) })
    : t(`status.${standing}`);
  return (
    <span
      className={cx(
        "whitespace-nowrap rounded-full px-2.5 py-px text-xs",
        open && model.daysLeft < 0
          ? "bg-bad-soft text-bad"
          : open
            ? "bg-gold-soft text-gold"
            : standing === "missing" || standing === "excused"
              ? "bg-mute-soft text-ink-2"
              : "bg-good-soft text-good",
      )}
    >
      {text}
    </span>
  );
}
