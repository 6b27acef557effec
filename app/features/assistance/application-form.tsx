import { APPLICANTS } from "@muster/domain/assistance";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, Textarea, TextInput } from "~/ui/input";
import { Notice } from "~/ui/notice";
import type { BringModel } from "./bring";

interface Props {
  type: BringModel & { repeatMonths: number };
  person: { id: string; name: string };
  /** The entry of the counter log it comes out of. */
  from: { id: string; question: string } | null;
  /** Applied for the same cause within the kind's limit period. */
  repeated: boolean;
  requestKey: string;
  today: string;
  refused: Refused | null;
}

/** The application itself: who asks, what happened, what the household lives on, what was brought. */
export function ApplicationForm({ type, person, from, repeated, requestKey, today, refused }: Props) {
  const { t } = useTranslation(["assistance", "common"]);
  const locale = useLocale();
  const of = (name: string, current = "") => fieldOf(refused, name, current);
  const labels = {
    appliedBy: { label: t("field.appliedBy"), id: "appliedBy" },
    reason: { label: t("field.reason"), id: "reason" },
    size: { label: t("field.size"), id: "size" },
    income: { label: t("field.income"), id: "income" },
    pension: { label: t("field.pension"), id: "pension" },
    asked: { label: t("field.asked"), id: "asked" },
    missingBy: { label: t("field.missingBy"), id: "missingBy" },
    despite: { label: t("new.despite"), id: "despite" },
  };
  return (
    <Card title={t("new.form")} id="application">
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors refused={refused} fields={labels} />
        <input type="hidden" name="person" value={person.id} />
        <input type="hidden" name="type" value={type.code} />
        <input type="hidden" name="reception" value={from?.id ?? ""} />
        <input type="hidden" name="key" value={of("key", requestKey).defaultValue} />
        {repeated && (
          <Notice tone="warn" title={t("new.earlierWarn", { count: type.repeatMonths })}>
            <Checkbox
              id="despite"
              name="despite"
              label={t("new.despite")}
              defaultChecked={checkedOf(refused, "despite", "on")}
            />
          </Notice>
        )}
        <div id="appliedBy">
          <RadioGroup
            name="appliedBy"
            legend={t("field.appliedBy")}
            defaultValue={of("appliedBy", "person").defaultValue}
            error={of("appliedBy").error}
            options={APPLICANTS.map((value) => ({ value, label: t(`applicant.${value}`) }))}
          />
        </div>
        <Field
          id="reason"
          label={t("field.reason")}
          hint={t("field.reasonHint")}
          error={of("reason").error}
          required
        >
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              rows={4}
              maxLength={1000}
              defaultValue={of("reason", from?.question).defaultValue}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field id="size" label={t("field.size")} error={of("size").error} required>
            {(control) => (
              <NumberInput {...control} name="size" maxLength={2} defaultValue={of("size").defaultValue} />
            )}
          </Field>
          <Money id="income" hint={t("field.incomeHint")} label={t("field.income")} of={of("income")} />
          <Money id="pension" hint={t("field.pensionHint")} label={t("field.pension")} of={of("pension")} />
          <Money id="asked" label={t("field.asked")} of={of("asked")} required />
        </div>
        <fieldset className="m-0 min-w-0 border-0 p-0">
          <legend className="mb-1 p-0 font-semibold">{t("field.materials")}</legend>
          {type.materials.map(({ code, zh, en }) => (
            <Checkbox
              key={code}
              name="received"
              value={code}
              label={locale === "zh-CN" ? zh : en}
              defaultChecked={checkedOf(refused, "received", code)}
            />
          ))}
        </fieldset>
        <Field
          id="missingBy"
          label={t("field.missingBy")}
          hint={t(type.payFirst ? "bring.urgent" : "field.missingByHint")}
          error={of("missingBy").error}
          className="max-w-xs"
        >
          {(control) => (
            <DateInput
              {...control}
              name="missingBy"
              min={today}
              defaultValue={of("missingBy").defaultValue}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <SubmitButton intent="apply" size="large">
            {t("new.submit")}
          </SubmitButton>
          <LinkButton to="/assistance" size="large">
            {t("common:cancel")}
          </LinkButton>
        </div>
      </Form>
    </Card>
  );
}

/** An amount in yuan. */
export function Money({
  id,
  label,
  hint,
  of,
  required,
}: {
  id: string;
  label: string;
  hint?: string;
  of: { defaultValue: string; error: string[] | undefined };
  required?: boolean;
}) {
  return (
    <Field id={id} label={label} hint={hint} error={of.error} required={required}>
      {(control) => (
        <TextInput
          {...control}
          name={id}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          className="text-right font-semibold"
          defaultValue={of.defaultValue}
        />
      )}
    </Field>
  );
}
