import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";
import { ancestry } from "./labels";

/** What the fields of a change start with: typed before, else the preview's, else the station's. */
export interface Filling {
  refused: Refused | null;
  entered: Record<string, string> | undefined;
}

function filled({ refused, entered }: Filling, name: string, current: string) {
  return fieldOf(refused, name, entered?.[name] ?? current);
}

/** From which day on the change counts. */
export function DayField({ today, ...filling }: Filling & { today: string }) {
  const { t } = useTranslation(["stations"]);
  const { defaultValue, error } = filled(filling, "on", today);
  return (
    <Field id="on" label={t("form.on")} hint={t("form.onHint")} error={error} required className="max-w-xs">
      {(control) => <DateInput {...control} name="on" max={today} defaultValue={defaultValue} />}
    </Field>
  );
}

export function NameField({ current, ...filling }: Filling & { current: string }) {
  const { t } = useTranslation(["stations"]);
  const { defaultValue, error } = filled(filling, "name", current);
  return (
    <Field id="name" label={t("form.newName")} hint={t("form.nameHint")} error={error} required>
      {(control) => <TextInput {...control} name="name" maxLength={60} defaultValue={defaultValue} />}
    </Field>
  );
}

export interface StationChoice {
  id: number;
  name: string;
  ancestors: { name: string }[];
}

/** One of the stations that come into question: the browser's own list, which finds by typing. */
export function StationField({
  name,
  label,
  placeholder,
  choices,
  ...filling
}: Filling & { name: string; label: string; placeholder: string; choices: readonly StationChoice[] }) {
  const { defaultValue, error } = filled(filling, name, "");
  return (
    <Field id={name} label={label} error={error} required>
      {(control) => (
        <Select
          {...control}
          name={name}
          defaultValue={defaultValue}
          placeholder={placeholder}
          options={choices.map(({ id, name, ancestors }) => ({
            value: String(id),
            label: ancestors.length > 1 ? `${name}（${ancestry(ancestors.slice(1))}）` : name,
          }))}
        />
      )}
    </Field>
  );
}
