import { useTranslation } from "react-i18next";
import { cx } from "~/ui/cx";
import { TextInput } from "~/ui/input";
import type { FigureLine } from "./model";

/** What is ticked to go back, and how the page learns of a tick. */
export interface Ticking {
  ticked: ReadonlySet<string>;
  /** Reasons as typed before a refusal, by code. */
  reasons: Record<string, string>;
  errors: Record<string, string[]>;
  toggle: (code: string, on: boolean) => void;
}

export const CELL = "border-b border-line px-2 py-2 align-middle";

/** This month's value, with the one before where the round changed it. */
export function Value({ line }: { line: FigureLine }) {
  const { t } = useTranslation(["review"]);
  return (
    <>
      {line.before !== null && (
        <span className="mr-1.5 text-ink-3">
          <span className="sr-only">{t("table.before", { value: line.before })} </span>
          <s aria-hidden>{line.before}</s>
          <span aria-hidden> →</span>
        </span>
      )}
      <b className="text-md">{line.value}</b>
      <span className="block text-sm text-ink-3 lg:hidden print:hidden">
        {t("table.last")} {line.previous} {line.change && `（${line.change}）`}
      </span>
    </>
  );
}

/** What the register says, and how far the filed figure is from it. */
export function RegisterValue({ line }: { line: FigureLine }) {
  const { t } = useTranslation(["review"]);
  if (!line.register) return null;
  return (
    <span className="text-accent">
      {t("table.inRegister", { value: line.register.text })}
      {line.register.gap && (
        <span className="block text-sm font-semibold text-warn">
          <span aria-hidden>! </span>
          {t("table.gap", { value: line.register.gap })}
        </span>
      )}
    </span>
  );
}

/** Everything there is to say of a figure: why it came back, what the checks found and the reason given. */
export function Hints({ line, secondRound }: { line: FigureLine; secondRound: boolean }) {
  const { t } = useTranslation(["review"]);
  return (
    <>
      {line.returned && (
        <span className="my-0.5 block text-sm text-info-ink">
          {t("table.returned", { reason: line.returned })}
          {secondRound && line.before === null && (
            <b className="ml-1.5 text-bad">
              <span aria-hidden>▲ </span>
              {t("table.unchanged")}
            </b>
          )}
        </span>
      )}
      {line.hints.map((hint) => (
        <span
          key={hint.id}
          className="my-0.5 flex w-fit gap-1.5 rounded-lg bg-warn-soft px-2 py-px text-sm text-warn"
        >
          <b aria-hidden>!</b>
          <span>
            {hint.text}
            {"："}
            <b className="font-semibold text-warn-ink">{hint.reason || t("table.noReason")}</b>
          </span>
        </span>
      ))}
      {line.register?.gap && (
        <span className="block text-sm lg:hidden">
          <RegisterValue line={line} />
        </span>
      )}
      {line.note && <span className="block text-sm text-ink-2">{t("table.note", { text: line.note })}</span>}
    </>
  );
}

/** Asks why a ticked figure goes back, where the figure stands. */
export function ReasonRow({ line, ticking }: { line: FigureLine; ticking: Ticking }) {
  const { t } = useTranslation(["review"]);
  const errors = ticking.errors[line.code] ?? [];
  const id = `reason-${line.code}`;
  return (
    <tr className="print:hidden">
      <td className={cx(CELL, "bg-accent-soft")} />
      <td colSpan={7} className={cx(CELL, "bg-accent-soft pt-0")}>
        <label htmlFor={id} className="sr-only">
          {t("decide.reason", { code: line.code, name: line.name })}
        </label>
        <TextInput
          id={id}
          name={`reason.${line.code}`}
          list="return-reasons"
          autoComplete="off"
          required
          maxLength={200}
          placeholder={t("decide.reasonHint")}
          defaultValue={ticking.reasons[line.code] ?? ""}
          aria-invalid={errors.length > 0 || undefined}
          aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
        />
        {errors.length > 0 && (
          <p id={`${id}-error`} className="m-0 mt-1 text-sm font-semibold text-bad">
            <span aria-hidden>▲ </span>
            {errors.join(" ")}
          </p>
        )}
      </td>
    </tr>
  );
}
