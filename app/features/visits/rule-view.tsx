import type { ContactRule } from "@muster/domain/visit";
import { ASKED, CONCERNS, EVERY } from "@muster/domain/visit";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, Select, TextInput } from "~/ui/input";
import { FromField } from "../catalogue/from-field";

type Words = Omit<ContactRule, "code" | "validFrom" | "validTo">;

/** Whom a rule concerns, in words. */
export function useWhom(categories: readonly { code: string; name: string }[]): (rule: Words) => string {
  const { t } = useTranslation(["visits"]);
  const nameOf = new Map(categories.map(({ code, name }) => [code, name]));
  return (rule) =>
    rule.everyone
      ? t("rule.everyone")
      : [
          ...rule.categories.map((code) => nameOf.get(code) ?? code),
          ...(rule.fromAge === null ? [] : [t("rule.fromAgeOn", { age: rule.fromAge })]),
          ...rule.concerns.map((concern) => t(`concern.${concern}`)),
        ].join(t("join"));
}

/** How often, when and how a rule asks, in words. */
export function useAsks(): (rule: Words) => string {
  const { t } = useTranslation(["visits"]);
  return ({ every, asked, days }) => {
    const text = t("rule.asks", { every: t(`every.${every}`), asked: t(`asked.${asked}`) });
    if (every.startsWith("festival_")) return `${text} ${t("rule.daysBefore", { count: days })}`;
    return every.startsWith("event_") ? `${text} ${t("rule.daysWithin", { count: days })}` : text;
  };
}

/** The form of a contact rule: what it is called, whom it concerns, how often and how. */
export function RuleForm({
  rule,
  categories,
  changeable,
  version,
  refused,
}: {
  rule: Words;
  categories: readonly { code: string; name: string }[];
  changeable: ContactRule["validFrom"];
  version: number;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["visits", "common"]);
  const nameZh = fieldOf(refused, "nameZh", rule.name.zh);
  const nameEn = fieldOf(refused, "nameEn", rule.name.en);
  const every = fieldOf(refused, "every", rule.every);
  const asked = fieldOf(refused, "asked", rule.asked);
  const days = fieldOf(refused, "days", rule.days > 0 ? String(rule.days) : "");
  const fromAge = fieldOf(refused, "fromAge", rule.fromAge === null ? "" : String(rule.fromAge));
  const who = refused?.errors.who;
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <FormErrors
        refused={refused}
        fields={{
          nameZh: { label: t("rule.nameZh"), id: "nameZh" },
          nameEn: { label: t("rule.nameEn"), id: "nameEn" },
          who: { label: t("rule.who"), id: "who" },
          fromAge: { label: t("rule.fromAge"), id: "fromAge" },
          days: { label: t("rule.days"), id: "days" },
          from: { label: t("rule.from"), id: "from" },
        }}
      />
      <FromField refused={refused} changeable={changeable} version={version} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="nameZh" label={t("rule.nameZh")} error={nameZh.error} required>
          {(control) => (
            <TextInput
              {...control}
              name="nameZh"
              maxLength={60}
              lang="zh-CN"
              defaultValue={nameZh.defaultValue}
            />
          )}
        </Field>
        <Field id="nameEn" label={t("rule.nameEn")} error={nameEn.error} required>
          {(control) => (
            <TextInput
              {...control}
              name="nameEn"
              maxLength={120}
              lang="en"
              defaultValue={nameEn.defaultValue}
            />
          )}
        </Field>
        <Field id="every" label={t("rule.every")} error={every.error}>
          {(control) => (
            <Select
              {...control}
              name="every"
              defaultValue={every.defaultValue}
              options={EVERY.map((value) => ({ value, label: t(`every.${value}`) }))}
            />
          )}
        </Field>
        <Field id="asked" label={t("rule.asked")} error={asked.error}>
          {(control) => (
            <Select
              {...control}
              name="asked"
              defaultValue={asked.defaultValue}
              options={ASKED.map((value) => ({ value, label: t(`asked.${value}`) }))}
            />
          )}
        </Field>
        <Field id="days" label={t("rule.days")} hint={t("rule.daysHint")} error={days.error}>
          {(control) => (
            <NumberInput {...control} name="days" maxLength={2} defaultValue={days.defaultValue} />
          )}
        </Field>
        <Field id="fromAge" label={t("rule.fromAge")} hint={t("rule.fromAgeHint")} error={fromAge.error}>
          {(control) => (
            <NumberInput {...control} name="fromAge" maxLength={3} defaultValue={fromAge.defaultValue} />
          )}
        </Field>
      </div>
      <fieldset id="who" className="m-0 min-w-0 border-0 p-0">
        <legend className="mb-1 p-0 font-semibold">{t("rule.who")}</legend>
        <p className="m-0 mb-1 text-sm text-ink-3">{t("rule.whoHint")}</p>
        {who && (
          <p className="m-0 mb-1 text-sm font-semibold text-bad">
            <span aria-hidden>▲ </span>
            {who.join(" ")}
          </p>
        )}
        <Checkbox
          name="everyone"
          value="on"
          label={t("rule.everyone")}
          defaultChecked={checkedOf(refused, "everyone", "on", rule.everyone)}
        />
        <div className="grid sm:grid-cols-2 lg:grid-cols-3">
          {CONCERNS.map((concern) => (
            <Checkbox
              key={concern}
              name="concerns"
              value={concern}
              label={t(`concern.${concern}`)}
              defaultChecked={checkedOf(refused, "concerns", concern, rule.concerns.includes(concern))}
            />
          ))}
          {categories.map(({ code, name }) => (
            <Checkbox
              key={code}
              name="categories"
              value={code}
              label={`${code} ${name}`}
              defaultChecked={checkedOf(refused, "categories", code, rule.categories.includes(code))}
            />
          ))}
        </div>
      </fieldset>
      <div>
        <SubmitButton intent="save">{t("common:save")}</SubmitButton>
      </div>
    </Form>
  );
}
