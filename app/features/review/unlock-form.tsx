import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, TextInput } from "~/ui/input";
import { SearchBox } from "~/ui/search-box";
import type { LockMonth } from "./model";

/** Finds one station, then opens its month with a reason and an end. Two steps, so that it works without a script. */
export function UnlockForm({ month, refused }: { month: LockMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  return (
    <Card title={t("lock.unlock")} id="unlock">
      <p className="m-0 mb-3 text-ink-2">{t("lock.unlockHint")}</p>
      <Form method="get" preventScrollReset className="mb-3 max-w-xl">
        <input type="hidden" name="period" value={month.period} />
        <SearchBox label={t("lock.find")} placeholder={t("lock.findHint")} defaultValue={month.q} />
      </Form>
      {month.q !== "" && month.found.length === 0 && (
        <p role="status" className="m-0">
          {t("lock.foundNone", { q: month.q })}
        </p>
      )}
      {month.found.length > 0 && <Open month={month} refused={refused} />}
    </Card>
  );
}

function Open({ month, refused }: { month: LockMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const chosen = fieldOf(refused, "station", String(month.found[0]?.stationId ?? "")).defaultValue;
  return (
    <Form method="post" className="grid max-w-xl gap-3">
      <FormErrors refused={refused} />
      <input type="hidden" name="period" value={month.period} />
      <fieldset className="m-0 max-h-table overflow-auto border-0 p-0">
        <legend className="mb-1 p-0 font-semibold">{t("lock.found", { count: month.found.length })}</legend>
        {month.found.map((station) => (
          <label
            key={station.stationId}
            className="flex min-h-target cursor-pointer items-center gap-2 border-b border-line"
          >
            <input
              type="radio"
              name="station"
              value={station.stationId}
              defaultChecked={String(station.stationId) === chosen}
              required
              className="size-box flex-none accent-accent"
            />
            <b>{station.name}</b>
            <span className="flex-1 text-sm text-ink-3">
              {station.parent} · {station.code}
            </span>
            {station.unlockedUntil && <span className="text-sm">{format.date(station.unlockedUntil)}</span>}
          </label>
        ))}
      </fieldset>
      <Field label={t("lock.reason")} error={fieldOf(refused, "reason").error} required>
        {(control) => (
          <TextInput
            {...control}
            name="reason"
            maxLength={200}
            defaultValue={fieldOf(refused, "reason").defaultValue}
          />
        )}
      </Field>
      <Field
        label={t("lock.until")}
        hint={t("lock.untilHint")}
        error={fieldOf(refused, "until").error}
        required
      >
        {(control) => (
          <DateInput
            {...control}
            name="until"
            min={month.until.first}
            max={month.until.last}
            defaultValue={fieldOf(refused, "until", month.until.usual).defaultValue}
            className="max-w-56"
          />
        )}
      </Field>
      <div>
        <SubmitButton intent="unlock">{t("lock.open")}</SubmitButton>
      </div>
    </Form>
  );
}
