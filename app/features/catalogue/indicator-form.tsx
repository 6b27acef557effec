import { SECTIONS, UNITS } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import { KINDS } from "@muster/domain/station";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Select, Textarea, TextInput } from "~/ui/input";
import { FromField } from "./from-field";

export interface Words {
  nameZh: string;
  nameEn: string;
  definitionZh: string;
  definitionEn: string;
}

interface FormProps {
  refused: Refused | null;
  changeable: Period;
  version: number;
}

const WORDS = ["nameZh", "nameEn", "definitionZh", "definitionEn"] as const;

/** Name and definition in both languages, from a month on. */
export function WordsForm({ words, ...props }: FormProps & { words: Words }) {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors refused={props.refused} fields={useFieldNames()} />
      <FromField {...props} />
      <WordFields words={words} refused={props.refused} />
      <div>
        <SubmitButton intent="edit">{t("common:save")}</SubmitButton>
      </div>
    </Form>
  );
}

function WordFields({ words, refused }: { words: Words; refused: Refused | null }) {
  const { t } = useTranslation(["settings"]);
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      {WORDS.map((name) => {
        const { defaultValue, error } = fieldOf(refused, name, words[name]);
        const long = name.startsWith("definition");
        return (
          <Field key={name} label={t(`catalogue.field.${name}`)} error={error} id={name}>
            {(control) =>
              long ? (
                <Textarea {...control} name={name} rows={4} defaultValue={defaultValue} />
              ) : (
                <TextInput {...control} name={name} defaultValue={defaultValue} />
              )
            }
          </Field>
        );
      })}
    </div>
  );
}

/** An indicator of the city's own. */
export function NewIndicatorForm({ code, ...props }: FormProps & { code: string }) {
  const { t } = useTranslation(["settings", "figures"]);
  const { refused } = props;
  const kindsSent = refused?.values.kinds;
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors refused={refused} fields={useFieldNames()} />
      <FromField {...props} />
      <div className="grid gap-3 sm:grid-cols-3">
        <Field
          label={t("catalogue.field.code")}
          hint={t("catalogue.codeHint")}
          error={fieldOf(refused, "code").error}
          id="code"
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
        <Field label={t("catalogue.field.section")} error={fieldOf(refused, "section").error} id="section">
          {(control) => (
            <Select
              {...control}
              name="section"
              defaultValue={fieldOf(refused, "section", "activities").defaultValue}
              options={SECTIONS.map((value) => ({ value, label: t(`figures:section.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("catalogue.field.unit")} error={fieldOf(refused, "unit").error} id="unit">
          {(control) => (
            <Select
              {...control}
              name="unit"
              defaultValue={fieldOf(refused, "unit", "event").defaultValue}
              options={UNITS.filter((value) => value !== "percent").map((value) => ({
                value,
                label: t(`figures:unit.${value}`),
              }))}
            />
          )}
        </Field>
      </div>
      <WordFields words={EMPTY} refused={refused} />
      <RadioGroup
        name="acrossTime"
        legend={t("catalogue.field.acrossTime")}
        defaultValue={fieldOf(refused, "acrossTime", "sum").defaultValue}
        error={fieldOf(refused, "acrossTime").error}
        options={(["sum", "last"] as const).map((value) => ({
          value,
          label: t(`catalogue.acrossTime.${value}`),
          hint: t(`catalogue.acrossTimeHint.${value}`),
        }))}
      />
      <fieldset className="m-0 min-w-0 border-0 p-0">
        <legend className="mb-1 p-0 font-semibold">{t("catalogue.field.kinds")}</legend>
        <p className="m-0 text-sm text-ink-3">{t("catalogue.kindsHint")}</p>
        <div className="flex flex-wrap gap-x-4">
          {KINDS.map((kind) => (
            <Checkbox
              key={kind}
              name="kinds"
              value={kind}
              label={t(`catalogue.kind.${kind}`)}
              defaultChecked={checkedOf(kindsSent === undefined ? null : refused, "kinds", kind)}
            />
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <LinkButton to="/settings/catalogue">{t("catalogue.back")}</LinkButton>
        <SubmitButton>{t("catalogue.add")}</SubmitButton>
      </div>
    </Form>
  );
}

const EMPTY: Words = { nameZh: "", nameEn: "", definitionZh: "", definitionEn: "" };

function useFieldNames() {
  const { t } = useTranslation(["settings"]);
  return {
    from: { label: t("catalogue.from"), id: "from" },
    code: { label: t("catalogue.field.code"), id: "code" },
    section: { label: t("catalogue.field.section"), id: "section" },
    unit: { label: t("catalogue.field.unit"), id: "unit" },
    nameZh: { label: t("catalogue.field.nameZh"), id: "nameZh" },
    nameEn: { label: t("catalogue.field.nameEn"), id: "nameEn" },
    definitionZh: { label: t("catalogue.field.definitionZh"), id: "definitionZh" },
    definitionEn: { label: t("catalogue.field.definitionEn"), id: "definitionEn" },
  };
}
