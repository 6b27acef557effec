import type { Kind, Level } from "@muster/domain/station";
import { useTranslation } from "react-i18next";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, TextInput } from "~/ui/input";
import { levelKey } from "./labels";
import { DayField } from "./station-form";

export interface FieldsProps {
  refused: Refused | null;
  /** What the fields start with. */
  current: Record<string, string>;
}

/** Code, address, phone and whether reports are required: what a new and an existing station have alike. */
export function DetailFields({
  refused,
  current,
  ownCode,
  existing,
}: FieldsProps & { ownCode: boolean; existing: boolean }) {
  const { t } = useTranslation(["stations"]);
  const code = fieldOf(refused, "code", current.code);
  const address = fieldOf(refused, "address", current.address);
  const phone = fieldOf(refused, "phone", current.phone);
  return (
    <>
      <Field
        id="code"
        label={t("form.code")}
        hint={ownCode ? `${t("form.codeHint")}${t("form.codeHintOwn")}` : t("form.codeHint")}
        error={code.error}
        required
        className="max-w-md"
      >
        {(control) => (
          <TextInput
            {...control}
            name="code"
            inputMode={ownCode ? "text" : "numeric"}
            autoComplete="off"
            maxLength={20}
            defaultValue={code.defaultValue}
          />
        )}
      </Field>
      <Field id="address" label={t("form.address")} error={address.error}>
        {(control) => (
          <TextInput {...control} name="address" maxLength={200} defaultValue={address.defaultValue} />
        )}
      </Field>
      <Field id="phone" label={t("form.phone")} error={phone.error} className="max-w-md">
        {(control) => (
          <TextInput
            {...control}
            name="phone"
            inputMode="tel"
            maxLength={40}
            defaultValue={phone.defaultValue}
          />
        )}
      </Field>
      <Checkbox
        name="required"
        value="on"
        label={t("form.required")}
        hint={existing && t("form.requiredHint")}
        defaultChecked={checkedOf(refused, "required", "on", current.required === "on")}
      />
    </>
  );
}

export interface NewFieldsProps extends FieldsProps {
  today: string;
  types: readonly { level: Level; kind: Kind }[];
}

/** What a new station is, its name and since when it stands. */
export function NewFields({ refused, current, today, types }: NewFieldsProps) {
  const { t } = useTranslation(["stations"]);
  const [first] = types;
  const name = fieldOf(refused, "name", current.name);
  const openedOn = fieldOf(refused, "openedOn", current.openedOn ?? today);
  const type = fieldOf(refused, "type", current.type ?? (first ? `${first.level} ${first.kind}` : ""));
  return (
    <>
      <RadioGroup
        name="type"
        legend={t("form.kind")}
        defaultValue={type.defaultValue}
        error={type.error}
        options={types.map(({ level, kind }) => ({
          value: `${level} ${kind}`,
          label: t(levelKey(level, kind)),
        }))}
      />
      <Field id="name" label={t("form.name")} hint={t("form.nameHint")} error={name.error} required>
        {(control) => <TextInput {...control} name="name" maxLength={60} defaultValue={name.defaultValue} />}
      </Field>
      <Field id="openedOn" label={t("form.openedOn")} error={openedOn.error} required className="max-w-xs">
        {(control) => (
          <DateInput {...control} name="openedOn" max={today} defaultValue={openedOn.defaultValue} />
        )}
      </Field>
    </>
  );
}

const COUNTS = ["fullTime", "partTime", "approvedPosts"] as const;
const MARKS = ["veteranSecretary", "fiveHaves"] as const;

/** Staff, posts and the two marks that the monthly report takes from the station. */
export function FactFields({ refused, current, today }: FieldsProps & { today: string }) {
  const { t } = useTranslation(["stations"]);
  return (
    <>
      <DayField
        name="validFrom"
        label={t("facts.validFrom")}
        hint={t("facts.note")}
        refused={refused}
        current={today}
        today={today}
        required
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {COUNTS.map((name) => {
          const { defaultValue, error } = fieldOf(refused, name, current[name] ?? "0");
          return (
            <Field key={name} id={name} label={t(`facts.${name}`)} error={error} required>
              {(control) => (
                <NumberInput {...control} name={name} maxLength={4} defaultValue={defaultValue} />
              )}
            </Field>
          );
        })}
      </div>
      {MARKS.map((name) => (
        <Checkbox
          key={name}
          name={name}
          value="on"
          label={t(`facts.${name}`)}
          defaultChecked={checkedOf(refused, name, "on", current[name] === "on")}
        />
      ))}
    </>
  );
}
