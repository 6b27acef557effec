import type { Choice } from "@muster/db/queries/visits/pick";
import { ageOn } from "@muster/domain/person";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { cx } from "~/ui/cx";
import { Field } from "~/ui/field";
import { TextInput } from "~/ui/input";
import { useHydrated } from "~/ui/use-hydrated";

/**
 * People as large tiles to tap, several of them in one go. What is typed narrows the tiles at once; without a script
 * the button asks the server. Who is chosen stays in sight.
 */
export function PeoplePicker({
  people,
  more,
  chosen,
  q,
  today,
  error,
}: {
  people: readonly Choice[];
  more: boolean;
  chosen: readonly string[];
  q: string;
  today: string;
  error: string | string[] | null | undefined;
}) {
  const { t } = useTranslation(["visits"]);
  const hydrated = useHydrated();
  const [typed, setTyped] = useState(q);
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(chosen));
  const text = typed.trim().toLowerCase();
  const fits = ({ id, name, pinyin, initials }: Choice) =>
    text === "" ||
    picked.has(id) ||
    name.includes(text) ||
    pinyin.startsWith(text) ||
    initials.startsWith(text);
  const errors = [error ?? []].flat();
  const toggle = (id: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  return (
    <fieldset id="records" className="m-0 min-w-0 border-0 p-0" aria-describedby="records-hint">
      <legend className="mb-1 p-0 text-md font-semibold">{t("new.who")}</legend>
      <p id="records-hint" className="m-0 mb-2 text-sm text-ink-3">
        {t("new.whoHint")} {people.some(({ due }) => due) && t("new.suggested")}
      </p>
      <div className="mb-2 flex items-end gap-2">
        <Field id="q" label={t("new.find")} hideLabel className="min-w-0 flex-1">
          {(control) => (
            <TextInput
              {...control}
              name="q"
              type="search"
              autoComplete="off"
              maxLength={30}
              placeholder={t("column.name")}
              defaultValue={q}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        {(!hydrated || more) && (
          <SubmitButton intent="find" tone="plain" formNoValidate>
            {t("new.find")}
          </SubmitButton>
        )}
      </div>
      {errors.length > 0 && (
        <p className="m-0 mb-2 text-sm font-semibold text-bad">
          <span aria-hidden>▲ </span>
          {errors.join(" ")}
        </p>
      )}
      {people.length === 0 ? (
        <p className="m-0 text-ink-3">{t("new.nobody")}</p>
      ) : (
        <ul className="m-0 grid max-h-72 list-none grid-cols-2 gap-2 overflow-auto p-0 sm:grid-cols-3 in-elder:grid-cols-1 sm:in-elder:grid-cols-2">
          {people.map((choice) => (
            <li key={choice.id} hidden={hydrated && !fits(choice)}>
              <label
                className={cx(
                  "flex min-h-14 cursor-pointer items-center gap-2 rounded-lg border px-3 py-1.5 hover:border-accent",
                  picked.has(choice.id) ? "border-accent bg-accent-soft" : "border-field-line bg-surface",
                )}
              >
                <input
                  type="checkbox"
                  name="records"
                  value={choice.id}
                  defaultChecked={chosen.includes(choice.id)}
                  onChange={(event) => toggle(choice.id, event.currentTarget.checked)}
                  className="size-box flex-none accent-accent"
                />
                <span className="min-w-0">
                  <b lang="zh-CN" className="block [overflow-wrap:anywhere]">
                    {choice.name}
                  </b>
                  <span
                    className={cx("block text-sm", choice.due ? "font-semibold text-warn-ink" : "text-ink-3")}
                  >
                    {t("age", { age: ageOn(choice.bornOn, today) })}
                    {choice.died && ` · ${t("new.died")}`}
                    {choice.due && ` · ${t("new.due")}`}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {more && <p className="m-0 mt-1 text-sm text-ink-3">{t("new.more")}</p>}
      <p role="status" className="m-0 mt-2 font-semibold text-accent-strong">
        {hydrated && picked.size > 0 ? t("new.chosen", { count: picked.size }) : ""}
      </p>
    </fieldset>
  );
}
