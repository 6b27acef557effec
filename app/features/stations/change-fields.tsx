import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";
import { ancestry } from "./labels";

/** What a change may ask for, by the names of the form's fields. */
export type ChangeField = "name" | "parentId" | "intoId" | "on";

/** The keys of their labels. */
export const LABELS = { name: "newName", parentId: "parent", intoId: "target", on: "on" } as const;

export interface StationChoice {
  id: number;
  name: string;
  ancestors: { name: string }[];
}

interface Filling {
  name: ChangeField;
  refused: Refused | null;
  /** What the preview was made of. */
  entered: Record<string, string> | undefined;
  station: { name: string };
  today: string;
  choices: readonly StationChoice[];
}

/** A field of a change: starts with what was typed before, else with the preview's, else with the station's. */
export function ChangeInput({ name, refused, entered, station, today, choices }: Filling) {
  const { t } = useTranslation(["stations"]);
  const label = t(`form.${LABELS[name]}`);
  const current = { name: station.name, parentId: "", intoId: "", on: today }[name];
  const { defaultValue, error } = fieldOf(refused, name, entered?.[name] ?? current);
  const field = { id: name, label, error, required: true };
  if (name === "name") {
    return (
      <Field {...field} hint={t("form.nameHint")}>
        {(control) => <TextInput {...control} name={name} maxLength={60} defaultValue={defaultValue} />}
      </Field>
    );
  }
  if (name === "on") {
    return (
      <Field {...field} hint={t("form.onHint")} className="max-w-xs">
        {(control) => <DateInput {...control} name={name} max={today} defaultValue={defaultValue} />}
      </Field>
    );
  }
  return (
    <Field {...field}>
      {(control) => (
        <Select
          {...control}
          name={name}
          defaultValue={defaultValue}
          placeholder={t(name === "parentId" ? "form.parentPick" : "form.targetPick")}
          // The browser's own list finds by typing.
          options={choices.map(({ id, name, ancestors }) => ({
            value: String(id),
            label: ancestors.length > 1 ? `${name}（${ancestry(ancestors.slice(1))}）` : name,
          }))}
        />
      )}
    </Field>
  );
}
