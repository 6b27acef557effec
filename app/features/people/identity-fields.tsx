import { ageOn, readIdNumber, SEXES } from "@muster/domain/person";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput, TextInput } from "~/ui/input";

interface Props {
  refused: Refused | null;
  today: string;
  /** What is there: numbers masked, sex and birth only of somebody without an ID number. */
  current?: { name: string; idNumber: string; phone: string; sex: string; bornOn: string };
  /** Between the ID number and the rest. */
  children?: ReactNode;
}

/** Who somebody is. The ID number says sex and birth; they are asked only of who has none. */
export function IdentityFields({ refused, today, current, children }: Props) {
  const { t } = useTranslation(["people"]);
  const kept = (masked: string | undefined) => (masked ? t("hint.keep", { masked }) : undefined);
  const name = fieldOf(refused, "name", current?.name);
  const phone = fieldOf(refused, "phone");
  return (
    <>
      <Field id="name" label={t("field.name")} error={name.error} required>
        {(control) => (
          <TextInput
            {...control}
            name="name"
            maxLength={30}
            autoComplete="off"
            defaultValue={name.defaultValue}
          />
        )}
      </Field>
      <IdNumberField refused={refused} today={today} hint={kept(current?.idNumber)} />
      <Field
        id="phone"
        label={t("field.phone")}
        hint={kept(current?.phone) ?? t("hint.phone")}
        error={phone.error}
      >
        {(control) => (
          <TextInput
            {...control}
            name="phone"
            inputMode="tel"
            maxLength={30}
            autoComplete="off"
            defaultValue={phone.defaultValue}
          />
        )}
      </Field>
      {children}
      <WithoutNumber refused={refused} today={today} current={current} />
    </>
  );
}

function IdNumberField({ refused, today, hint }: { refused: Refused | null; today: string; hint?: string }) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const { defaultValue, error } = fieldOf(refused, "idNumber");
  const [typed, setTyped] = useState(defaultValue);
  const read = readIdNumber(typed, today);
  const says = read.ok
    ? t("new.says", {
        sex: t(`sex.${read.value.sex}`),
        bornOn: f.date(read.value.bornOn),
        age: ageOn(read.value.bornOn, today),
      })
    : null;
  return (
    <Field
      id="idNumber"
      label={t("field.idNumber")}
      hint={
        <>
          {hint ?? t("hint.idNumber")}
          <output className="block font-semibold text-good">{says}</output>
        </>
      }
      error={error}
    >
      {(control) => (
        <TextInput
          {...control}
          name="idNumber"
          maxLength={30}
          autoComplete="off"
          defaultValue={defaultValue}
          onChange={(event) => setTyped(event.currentTarget.value)}
          className="tabular-nums"
        />
      )}
    </Field>
  );
}

function WithoutNumber({ refused, today, current }: Omit<Props, "children">) {
  const { t } = useTranslation(["people"]);
  const sex = fieldOf(refused, "sex", current?.sex);
  const bornOn = fieldOf(refused, "bornOn", current?.bornOn);
  const open = Boolean(sex.error || bornOn.error || sex.defaultValue || bornOn.defaultValue);
  return (
    <details open={open} className="sm:col-span-2">
      <summary className="flex min-h-target cursor-pointer items-center text-accent">
        {t("new.noNumber")}
      </summary>
      <p className="m-0 mb-2 text-ink-3">{t("new.noNumberHint")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <div id="sex">
          <RadioGroup
            name="sex"
            legend={t("field.sex")}
            defaultValue={sex.defaultValue}
            error={sex.error}
            options={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
          />
        </div>
        <Field id="bornOn" label={t("field.bornOn")} error={bornOn.error}>
          {(control) => (
            <DateInput {...control} name="bornOn" max={today} defaultValue={bornOn.defaultValue} />
          )}
        </Field>
      </div>
    </details>
  );
}

/** Names of these fields for the list of errors. */
export function useIdentityLabels() {
  const { t } = useTranslation(["people"]);
  const names = ["name", "idNumber", "phone", "sex", "bornOn", "category", "activeFrom"] as const;
  return Object.fromEntries(names.map((name) => [name, { label: t(`field.${name}`), id: name }]));
}
