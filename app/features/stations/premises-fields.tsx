import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import { fieldOf } from "~/ui/form";
import { NumberInput } from "~/ui/input";
import type { FieldsProps } from "./station-fields";
import { DayField } from "./station-form";

export const PREMISES_NUMBERS = ["area", "rooms", "yearlyFunds"] as const;
const LONGEST = { area: 6, rooms: 4, yearlyFunds: 10 };

/** Floor area, rooms, yearly funds, and when the accounts were last put up: what the standards ask by number. */
export function PremisesFields({ refused, current, today }: FieldsProps & { today: string }) {
  const { t } = useTranslation(["stations"]);
  const day = { refused, today };
  return (
    <>
      <DayField
        {...day}
        name="validFrom"
        label={t("premises.validFrom")}
        hint={t("premises.note")}
        current={today}
        required
      />
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
      <DayField
        {...day}
        name="disclosedOn"
        label={t("premises.disclosedOn")}
        hint={t("premises.disclosedHint")}
        current={current.disclosedOn}
      />
    </>
  );
}
