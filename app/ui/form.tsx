import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "./notice";

/** The shape of the route builder's FormRefusal, as a page sees it. */
export interface Refused {
  ok: false;
  intent: string | null;
  values: Record<string, string | string[]>;
  errors: Record<string, string[]>;
  report: { status: number; code: string; message: string; next: string; reference: string };
}

/** The refusal in an action's data, if that is what it is; with `intent`, only that form's. */
export function refusalIn(data: unknown, intent?: string): Refused | null {
  if (
    typeof data !== "object" ||
    data === null ||
    !("ok" in data) ||
    data.ok !== false ||
    !("report" in data)
  )
    return null;
  const refused = data as Refused;
  return intent === undefined || refused.intent === intent || refused.intent === null ? refused : null;
}

/** What a field shows after a refusal: what was typed, and what is wrong with it. */
export function fieldOf(
  refused: Refused | null,
  name: string,
  current = "",
): { defaultValue: string; error: string[] | undefined } {
  const typed = refused?.values[name];
  return { defaultValue: (Array.isArray(typed) ? typed[0] : typed) ?? current, error: refused?.errors[name] };
}

/** Whether a box was ticked when the form was refused. */
export function checkedOf(refused: Refused | null, name: string, value: string, current = false): boolean {
  if (!refused) return current;
  return [refused.values[name] ?? []].flat().includes(value);
}

export interface FormErrorsProps {
  refused: Refused | null;
  /** Names of the fields for the list, and the ids of their controls. */
  fields?: Record<string, { label: string; id: string }>;
}

/** Why the form was refused, at its top: takes the focus, and each line jumps to its field. */
export function FormErrors({ refused, fields = {} }: FormErrorsProps) {
  const { t } = useTranslation(["errors"]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refused) box.current?.focus();
  }, [refused]);
  if (!refused) return null;
  const { message, next, reference } = refused.report;
  const listed = Object.entries(refused.errors).filter(([name]) => name === "" || fields[name]);
  return (
    <Notice tone="bad" title={message} ref={box}>
      <p className="m-0">{next}</p>
      {listed.length > 0 && (
        <ul className="m-0 mt-1.5 list-none p-0" aria-label={t("form.summary")}>
          {listed.map(([name, sentences]) => (
            <li key={name}>
              {fields[name] ? (
                <a
                  href={`#${fields[name].id}`}
                  className="inline-flex min-h-target items-center text-bad underline underline-offset-4"
                >
                  {fields[name].label}：{sentences.join(" ")}
                </a>
              ) : (
                sentences.join(" ")
              )}
            </li>
          ))}
        </ul>
      )}
      {/* Whoever asks a colleague for help can quote it, whatever the reason was. */}
      <p className="m-0 mt-1 text-sm text-ink-3">
        {t("page.reference")} <span className="break-all font-mono">{reference}</span>
      </p>
    </Notice>
  );
}
