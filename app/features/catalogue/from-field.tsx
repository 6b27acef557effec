import type { Period } from "@muster/domain/period";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput } from "~/ui/input";

/** From which month a change holds, and the catalogue it was made on. */
export function FromField({
  refused,
  changeable,
  version,
  id = "from",
}: {
  refused: Refused | null;
  changeable: Period;
  version: number;
  id?: string;
}) {
  const { t } = useTranslation(["settings"]);
  const f = useFormat();
  const { defaultValue, error } = fieldOf(refused, "from", changeable);
  return (
    <>
      <input type="hidden" name="version" value={version} />
      <Field
        label={t("catalogue.from")}
        hint={t("catalogue.fromHint", { period: f.period(changeable) })}
        error={error}
        id={id}
        className="max-w-xs"
      >
        {(control) => (
          <DateInput {...control} month name="from" min={changeable} defaultValue={defaultValue} />
        )}
      </Field>
    </>
  );
}
