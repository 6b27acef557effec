import { formatFigure } from "@muster/domain/figures-input";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { useLocale } from "~/i18n/use-format";
import { Button } from "~/ui/button";
import type { FieldClash } from "./draft-sync";
import { type FilingModel, localized } from "./model";

export interface ConflictPanelProps {
  model: Pick<FilingModel, "indicators">;
  by: string | null;
  at: string | null;
  clashes: readonly FieldClash[];
  /** With scripts: the keys that keep my value. Without, the choices are fields of the form around the panel. */
  onSettle: ((mine: ReadonlySet<string>) => void) | null;
}

/** Two people changed the same figures: both values, and a choice for each. */
export function ConflictPanel({ model, by, at, clashes, onSettle }: ConflictPanelProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const box = useRef<HTMLElement>(null);
  const [choices, setChoices] = useState<Record<string, "mine" | "theirs">>({});
  useEffect(() => box.current?.focus(), []);
  const all = (choice: "mine" | "theirs") =>
    setChoices(Object.fromEntries(clashes.map(({ key }) => [key, choice])));
  const choose = (event: FormEvent<HTMLInputElement>) => {
    const { name, value } = event.currentTarget;
    setChoices((before) => ({ ...before, [name.slice(7)]: value === "mine" ? "mine" : "theirs" }));
  };
  const name = (code: string) => {
    const indicator = model.indicators.find((each) => each.code === code.split(":").pop());
    return indicator ? localized(indicator.name, locale) : code;
  };
  const text = (clash: FieldClash, side: "mine" | "theirs" | "base") => {
    const value = clash[side];
    if (clash.what === "reason") return value || t("field.blank");
    const unit = model.indicators.find((each) => each.code === clash.key)?.unit ?? "item";
    return typeof value === "number" ? formatFigure(value, unit) : t("field.blank");
  };
  const who = by ?? t("conflict.somebody");
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby="conflict-title"
      className="mt-3 rounded-lg border-2 border-warn bg-surface p-3.5 outline-none"
    >
      <h2 id="conflict-title" className="m-0 text-md text-warn-ink">
        <span aria-hidden>! </span>
        {t("conflict.title", { who, at: at ? formatDateTime(at).slice(11) : "" })}
      </h2>
      <p className="m-0 mt-1 text-sm text-ink-2">{t("conflict.note")}</p>
      {clashes.map((clash) => (
        <fieldset key={clash.key} className="m-0 mt-2.5 min-w-0 border-0 border-t border-line p-0 pt-2">
          <legend className="float-left mb-1.5 w-full p-0 font-semibold">
            {name(clash.key)}
            <span className="ml-2 text-sm font-normal text-ink-3">
              {t("conflict.before", { value: text(clash, "base") })}
            </span>
          </legend>
          <div className="clear-both grid gap-2 sm:grid-cols-2">
            {(["mine", "theirs"] as const).map((side) => (
              <label
                key={side}
                className="flex min-h-control cursor-pointer items-center gap-2 rounded border border-field-line px-3"
              >
                <input
                  type="radio"
                  name={`choose.${clash.key}`}
                  value={side}
                  required={onSettle === null}
                  checked={onSettle ? choices[clash.key] === side : undefined}
                  onChange={onSettle ? choose : undefined}
                  className="size-box flex-none accent-accent"
                />
                <span className="flex-1 text-sm">{side === "mine" ? t("conflict.mine") : who}</span>
                <b className="min-w-0">{text(clash, side)}</b>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {onSettle ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="small" onClick={() => all("mine")}>
            {t("conflict.allMine")}
          </Button>
          <Button size="small" onClick={() => all("theirs")}>
            {t("conflict.allTheirs", { who })}
          </Button>
          <Button
            tone="primary"
            className="ml-auto"
            disabled={clashes.some(({ key }) => !choices[key])}
            onClick={() =>
              onSettle(new Set(clashes.map(({ key }) => key).filter((key) => choices[key] === "mine")))
            }
          >
            {t("conflict.settle")}
          </Button>
        </div>
      ) : (
        <p className="m-0 mt-2.5 text-sm text-ink-2">{t("conflict.withoutScript")}</p>
      )}
    </section>
  );
}
