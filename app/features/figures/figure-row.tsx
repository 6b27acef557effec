import type { Violation } from "@muster/domain/check";
import { formatFigure } from "@muster/domain/figures-input";
import type { Indicator } from "@muster/domain/indicator";
import { Link } from "@remix-run/react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { Button } from "~/ui/button";
import { cx } from "~/ui/cx";
import { Textarea } from "~/ui/input";
import { Tag } from "~/ui/tag";
import { fieldText, localized, type RegisterFact, reasonFor, reasonKey } from "./model";

export interface FigureRowProps {
  indicator: Indicator;
  definition: string;
  text: string;
  readOnly: boolean;
  /** Where the shown value comes from while the filer has not touched it. */
  origin: "register" | "carried" | null;
  register: RegisterFact | null;
  last: number | null;
  yearAgo: number | null;
  problem: string | null;
  /** Violations that are shown and answered here. */
  violations: readonly Violation[];
  /** Names of the field where a violation that also speaks of this one is shown. */
  seeAlso: { code: string; name: string } | null;
  reasons: Readonly<Record<string, string>>;
  returned: string | null;
  remarks: readonly string[];
  onType: (code: string, text: string) => void;
  onReason: (key: string, reason: string) => void;
}

export const ROW =
  "grid grid-cols-[minmax(0,1fr)_6.5rem_2.6rem] items-center gap-x-2.5 gap-y-1 border-b border-line px-3.5 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_9rem_4rem_12rem_6.5rem_6.5rem] lg:py-1.5 max-lg:in-english:grid-cols-[minmax(0,1fr)_6.5rem_3.6rem] in-elder:grid-cols-[minmax(0,1fr)_6rem] lg:in-elder:grid-cols-[minmax(0,1fr)_9rem_4rem_12rem_6.5rem_6.5rem]";

/** One figure: its name, field and unit, where its value comes from, last month and last year, what the checks say. */
export const FigureRow = memo(function FigureRow(props: FigureRowProps) {
  const { indicator, text, readOnly, origin, violations, problem, returned, seeAlso } = props;
  const { t } = useTranslation(["figures"]);
  const { code, unit } = indicator;
  const hard = problem !== null || violations.some((violation) => violation.severity === "hard");
  const soft = violations.length > 0 || seeAlso !== null;
  const noted = violations.length > 0 || problem !== null || returned !== null;
  return (
    <div
      id={`f-${code}`}
      className={cx(
        ROW,
        "scroll-mt-4",
        returned !== null && "border-l-4 border-l-bad pl-2.5",
        (hard || soft || returned !== null) && "bg-warn-row",
      )}
    >
      <NameOf {...props} />
      {readOnly ? (
        <output id={code} className="text-right text-md font-semibold">
          {text === "" ? <span className="font-normal text-ink-3">{t("field.blank")}</span> : text}
        </output>
      ) : (
        <input
          id={code}
          name={code}
          type="text"
          inputMode={unit === "yuan" ? "decimal" : "numeric"}
          autoComplete="off"
          data-figure=""
          value={text}
          onChange={(event) => props.onType(code, event.target.value)}
          aria-invalid={hard || undefined}
          aria-describedby={noted ? `m-${code}` : undefined}
          className={cx(
            // Room for the bars at the foot: a field that gets the focus must not lie behind them.
            "h-control w-full scroll-mb-44 scroll-mt-20 rounded border px-2.5 text-right text-md font-semibold text-ink",
            hard
              ? "border-bad bg-bad-soft"
              : soft
                ? "border-warn bg-surface"
                : origin === "register"
                  ? "border-field-line bg-accent-soft"
                  : origin === "carried"
                    ? "border-field-line bg-sunken"
                    : "border-field-line bg-surface",
          )}
        />
      )}
      <span className="text-sm text-ink-3 in-elder:col-start-2 in-elder:text-right lg:in-elder:col-start-auto lg:in-elder:text-left">
        {t(`unit.${unit}`)}
      </span>
      <Sources {...props} />
      {noted && <Messages {...props} />}
      {violations.length === 0 && seeAlso && (
        <p className="col-span-full m-0 text-sm text-warn-ink">
          <a
            href={`#${seeAlso.code}`}
            className="inline-flex min-h-target items-center text-warn-ink underline"
          >
            {t("issue.seeAlso", { name: seeAlso.name })}
          </a>
        </p>
      )}
      {props.remarks.map((remark) => (
        <p key={remark} className="col-span-full m-0 text-sm text-info-ink">
          {t("remark.at", { text: remark })}
        </p>
      ))}
    </div>
  );
});

function NameOf({ indicator, definition, readOnly }: FigureRowProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const name = localized(indicator.name, locale);
  return (
    <div className="flex min-w-0 items-center gap-1">
      {readOnly ? (
        <span className="font-semibold">{name}</span>
      ) : (
        <label htmlFor={indicator.code} className="font-semibold">
          {name}
        </label>
      )}
      <details className="group relative print:hidden">
        <summary className="grid size-6 place-items-center rounded-full text-sm text-ink-3 hover:bg-accent-soft hover:text-accent">
          <span aria-hidden>?</span>
          <span className="sr-only">{t("field.definition", { name })}</span>
        </summary>
        <p className="absolute left-0 top-7 z-pop m-0 w-60 rounded border border-line-strong bg-surface p-2.5 text-sm font-normal text-ink shadow-pop max-lg:-left-24">
          <span className="text-ink-3">{indicator.code} </span>
          {definition}
        </p>
      </details>
    </div>
  );
}

/** What is known of this figure from elsewhere: the register, last month, a year ago. */
function Sources({ indicator, text, readOnly, origin, register, last, yearAgo, onType }: FigureRowProps) {
  const { t } = useTranslation(["figures"]);
  const { code, unit } = indicator;
  const shown = register && fieldText(register.value, unit);
  const differs = register !== null && text !== "" && text !== shown;
  const source =
    register && t(`source.${sourceKey(register.source)}`, { count: register.count, value: shown });
  return (
    <div className="col-span-full flex flex-wrap items-center gap-x-3 text-sm text-ink-3 empty:hidden lg:contents">
      <span className="flex flex-wrap items-center gap-x-2 empty:hidden lg:empty:block">
        {register &&
          (register.href ? (
            <Link
              to={register.href}
              className="inline-flex min-h-6 items-center underline underline-offset-2"
            >
              {source}
            </Link>
          ) : (
            source
          ))}
        {differs && !readOnly && (
          <Button
            tone="quiet"
            className="min-h-6 border-0 px-1 text-sm underline"
            onClick={() => onType(code, shown ?? "")}
          >
            {t("source.use")}
          </Button>
        )}
        {origin === "carried" && <Tag plain>{t("field.carried")}</Tag>}
      </span>
      <Past label={t("field.last")}>{last === null ? null : formatPast(last, unit)}</Past>
      <Past label={t("field.yearAgo")}>{yearAgo === null ? null : formatPast(yearAgo, unit)}</Past>
    </div>
  );
}

function Past({ label, children }: { label: string; children: ReactNode }) {
  if (children === null) return <span className="hidden text-right lg:block">—</span>;
  return (
    <span className="whitespace-nowrap lg:text-right">
      <span className="lg:sr-only">{label} </span>
      {children}
    </span>
  );
}

/** A violation's words, and where it is soft the place for the reason. */
function Messages({ indicator, violations, problem, returned, reasons, readOnly, onReason }: FigureRowProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  return (
    <div id={`m-${indicator.code}`} className="col-span-full mt-1 grid gap-2">
      {returned !== null && (
        <p className="m-0 rounded bg-bad-soft px-2.5 py-2 text-sm text-bad">
          <b>{t("returned.reason")}</b> {returned}
        </p>
      )}
      {problem !== null && (
        <p className="m-0 rounded bg-bad-soft px-2.5 py-2 text-sm text-bad">
          <span aria-hidden>▲ </span>
          {problem}
        </p>
      )}
      {violations.map((violation) => {
        const key = reasonKey(violation);
        const message = localized(violation.message, locale);
        if (violation.severity === "hard") {
          return (
            <p key={key} className="m-0 rounded bg-bad-soft px-2.5 py-2 text-sm text-bad">
              <span aria-hidden>▲ </span>
              {message}
              <b className="ml-1">{t("issue.mustCorrect")}</b>
            </p>
          );
        }
        const reason = reasonFor(violation, reasons);
        return (
          <div key={key} className="rounded bg-warn-soft px-2.5 py-2 text-sm text-warn-ink">
            <label htmlFor={`r-${key}`}>
              <span aria-hidden>! </span>
              {message}
              {t("issue.giveReason")}
            </label>
            {readOnly ? (
              <p className="m-0 mt-1 font-semibold">{reason || t("issue.noReason")}</p>
            ) : (
              <Textarea
                id={`r-${key}`}
                name={`reason.${key}`}
                rows={2}
                maxLength={500}
                value={reason}
                placeholder={t("issue.reasonPlaceholder")}
                onChange={(event) => onReason(key, event.target.value)}
                className="mt-2 border-warn text-ink"
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A computed figure or a ratio: nothing to fill in. */
export function ComputedRow({
  indicator,
  definition,
  text,
}: Pick<FigureRowProps, "indicator" | "definition" | "text">) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  return (
    <div id={`f-${indicator.code}`} className={cx(ROW, "bg-sunken text-ink-2 lg:py-1")} title={definition}>
      <span>{localized(indicator.name, locale)}</span>
      <output className="pr-2.5 text-right font-semibold">{text === "" ? "—" : text}</output>
      <span className="text-sm text-ink-3 in-elder:col-start-2 in-elder:text-right lg:in-elder:col-start-auto lg:in-elder:text-left">
        {t(`unit.${indicator.unit}`)}
      </span>
      <span className="hidden text-sm text-ink-3 lg:block">{t("field.computed")}</span>
    </div>
  );
}

const SOURCES = ["station"] as const;

function sourceKey(source: string): (typeof SOURCES)[number] | "other" {
  return SOURCES.find((known) => known === source) ?? "other";
}

function formatPast(value: number, unit: Indicator["unit"]): string {
  return formatFigure(value, unit).replace(/\.00$/, "");
}
