import type { Violation } from "@muster/domain/check";
import { NIL_CHECK } from "@muster/domain/checks";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { cx } from "~/ui/cx";
import { type FilingModel, localized, placeOf, reasonFor } from "./model";
import type { Filing } from "./use-filing";

export interface Issue {
  key: string;
  /** Field to jump to; null where there is none. */
  code: string | null;
  name: string;
  text: string;
  hard: boolean;
}

/** What still keeps a report from being submitted, hard ones first. A soft one is gone once its reason is given. */
export function issuesOf(
  model: Pick<FilingModel, "indicators">,
  reading: { problems: Record<string, { zh: string; en: string }>; violations: readonly Violation[] },
  reasons: Readonly<Record<string, string>>,
  locale: "zh-CN" | "en",
): Issue[] {
  const nameOf = (code: string | null) => {
    const indicator = model.indicators.find((each) => each.code === code);
    return indicator ? localized(indicator.name, locale) : "";
  };
  const problems = Object.entries(reading.problems).map(([code, problem]) => ({
    key: `problem:${code}`,
    code,
    name: nameOf(code),
    text: localized(problem, locale),
    hard: true,
  }));
  const violations = reading.violations
    // A report of zeros is confirmed at submission, not by a reason.
    .filter((v) => v.check !== NIL_CHECK && (v.severity === "hard" || reasonFor(v, reasons).trim() === ""))
    .map((violation) => {
      const code = placeOf(violation, model.indicators);
      return {
        key: `${violation.check}:${violation.indicators.join()}`,
        code,
        name: nameOf(code),
        text: localized(violation.message, locale),
        hard: violation.severity === "hard",
      };
    });
  const all = [...problems, ...violations];
  return [...all.filter((issue) => issue.hard), ...all.filter((issue) => !issue.hard)];
}

export function useIssues(model: FilingModel, filing: Filing): Issue[] {
  const locale = useLocale();
  return issuesOf(model, filing.reading, filing.reasons, locale);
}

/** What to look at before submitting; each line jumps to its field. */
export function IssueList({ issues, base = "" }: { issues: readonly Issue[]; base?: string }) {
  const { t } = useTranslation(["figures"]);
  if (issues.length === 0) return null;
  return (
    <section
      id="issues"
      tabIndex={-1}
      aria-labelledby="issues-title"
      className="mt-3 rounded-lg border border-warn-line bg-warn-soft px-3.5 pb-1 pt-2.5 text-warn-ink outline-none print:hidden"
    >
      <h2 id="issues-title" className="m-0 text-base">
        {t("issue.title", { count: issues.length })}
      </h2>
      <ul className="m-0 list-none p-0">
        {issues.map(({ key, code, name, text, hard }) => (
          <li key={key} className="border-t border-warn-line first:mt-1.5">
            <a
              href={code ? `${base}#${code}` : `${base}#issues`}
              className="flex min-h-target items-center gap-2 py-1.5 text-warn-ink no-underline hover:underline"
            >
              <span className="min-w-0 flex-1 text-sm lg:text-base">
                <b className={cx(hard && "text-bad")}>
                  {hard ? t("issue.hard") : t("issue.soft")}
                  {name && ` ${name}`}
                </b>
                <span className="block">{text}</span>
              </span>
              <span aria-hidden>›</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
