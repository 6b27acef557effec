import type { Period } from "@muster/domain/period";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, TextInput } from "~/ui/input";
import { FromField } from "./from-field";

export interface CheckValues {
  severity: string;
  left: string;
  comparison: string;
  right: string;
  floor: number;
  messageZh: string;
  messageEn: string;
}

export interface CheckFormProps {
  /** A suggested code for a new check; null when an existing one is changed. */
  code: string | null;
  values: CheckValues;
  refused: Refused | null;
  changeable: Period;
  version: number;
}

const TEXTS = ["left", "comparison", "right", "messageZh", "messageEn"] as const;

/** A cross-check as data: severity, two sides, the comparison, what it says. */
export function CheckForm({ code, values, refused, changeable, version }: CheckFormProps) {
  const { t } = useTranslation(["settings", "common"]);
  const names = {
    code: { label: t("catalogue.field.code"), id: "code" },
    from: { label: t("catalogue.from"), id: "from" },
    floor: { label: t("catalogue.field.floor"), id: "floor" },
    ...Object.fromEntries(TEXTS.map((name) => [name, { label: t(`catalogue.field.${name}`), id: name }])),
  };
  const text = (name: (typeof TEXTS)[number]) => {
    const { defaultValue, error } = fieldOf(refused, name, values[name]);
    return (
      <Field key={name} label={t(`catalogue.field.${name}`)} error={error} id={name}>
        {(control) => (
          <TextInput
            {...control}
            name={name}
            defaultValue={defaultValue}
            className={name.startsWith("message") ? undefined : "font-mono"}
            spellCheck={false}
          />
        )}
      </Field>
    );
  };
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors refused={refused} fields={names} />
      <FromField refused={refused} changeable={changeable} version={version} />
      {code !== null && (
        <Field
          label={t("catalogue.field.code")}
          hint={t("catalogue.codeHint")}
          error={fieldOf(refused, "code").error}
          id="code"
          className="max-w-xs"
        >
          {(control) => (
            <TextInput
              {...control}
              name="code"
              maxLength={3}
              defaultValue={fieldOf(refused, "code", code).defaultValue}
            />
          )}
        </Field>
      )}
      <RadioGroup
        name="severity"
        legend={t("catalogue.field.severity")}
        defaultValue={fieldOf(refused, "severity", values.severity).defaultValue}
        options={(["hard", "soft"] as const).map((value) => ({
          value,
          label: t(`catalogue.severity.${value}`),
          hint: t(`catalogue.severityHint.${value}`),
        }))}
      />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_12rem_minmax(0,1fr)]">
        {(["left", "comparison", "right"] as const).map(text)}
      </div>
      <details className="text-sm text-ink-2">
        <summary className="min-h-target text-accent underline underline-offset-2">
          {t("catalogue.grammar.title")}
        </summary>
        <ul className="m-0 mt-1 grid gap-1 pl-5">
          {(["sides", "previous", "comparison", "change", "register"] as const).map((line) => (
            <li key={line}>{t(`catalogue.grammar.${line}`)}</li>
          ))}
        </ul>
      </details>
      <Field
        label={t("catalogue.field.floor")}
        hint={t("catalogue.floorHint")}
        error={fieldOf(refused, "floor").error}
        id="floor"
        className="max-w-xs"
      >
        {(control) => (
          <NumberInput
            {...control}
            name="floor"
            defaultValue={fieldOf(refused, "floor", String(values.floor)).defaultValue}
          />
        )}
      </Field>
      <div className="grid gap-3 lg:grid-cols-2">{(["messageZh", "messageEn"] as const).map(text)}</div>
      <div>
        <SubmitButton intent={code === null ? "edit" : undefined}>
          {code === null ? t("common:save") : t("catalogue.add")}
        </SubmitButton>
      </div>
    </Form>
  );
}
