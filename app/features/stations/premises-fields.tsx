import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import { fieldOf } from "~/ui/form";
import { DateInput, NumberInput } from "~/ui/input";
import type { FieldsProps } from "./station-fields";

export const PREMISES_NUMBERS = ["area", "rooms", "yearlyFunds"] as const;
const LONGEST = { area: 6, rooms: 4, yearlyFunds: 10 };

/** Floor area, rooms, yearly funds, and when the accounts were last put up: what the standards ask by number. */
export function PremisesFields({ refused, current, today }: FieldsProps & { today: string }) {
  const { t } = useTranslation(["stations"]);
  const validFrom = fieldOf(refused, "validFrom", today);
  const disclosed = fieldOf(refused, "disclosedOn", current.disclosedOn);
  return (
    <>
      <Field
        id="validFrom"
        label={t("premises.validFrom")}
        hint={t("premises.note")}
        error={validFrom.error}
        required
        className="max-w-xs"
      >
        {(control) => (
          <DateInput {...control} name="validFrom" max={today} defaultValue={validFrom.defaultValue} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        {PREMISES_NUMBERS.map((name) => {
          const { defaultValue, error } = fieldOf(refused, name, current[name]);
          return (
            <Field key={name} id={name} label={t(`premises.${name}`)} error={error} required>
              {(control) => (
                <NumberInput {...control} name={name} maxLength={LONGEST[name]} defaultValue={defaultValue} />
              )}
            </Field>
          );
        })}
      </div>
      <Field
        id="disclosedOn"
        label={t("premises.disclosedOn")}
        hint={t("premises.disclosedHint")}
        error={disclosed.error}
        className="max-w-xs"
      >
        {(control) => (
          <DateInput {...control} name="disclosedOn" max={today} defaultValue={disclosed.defaultValue} />
        )}
      </Field>
    </>
  );
}
