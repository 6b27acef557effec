import { DAYS_TO_RECTIFY, FINDING_SEVERITIES } from "@muster/domain/inspection";
import { useTranslation } from "react-i18next";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select, Textarea } from "~/ui/input";

interface Props {
  refused: Refused | null;
  today: string;
  /** What it may be about; `value` is what the form sends. */
  items: readonly { value: string; label: string; lang?: string }[];
  /** An item that none of them is may be found as well. */
  other?: boolean;
}

/** What was found: item, words, severity, date. */
export function RaiseFields({ refused, today, items, other = false }: Props) {
  const { t } = useTranslation(["inspections"]);
  const item = fieldOf(refused, "item");
  const body = fieldOf(refused, "body");
  const severity = fieldOf(refused, "severity", "minor");
  const dueOn = fieldOf(refused, "dueOn");
  return (
    <>
      <FormErrors
        refused={refused}
        fields={{
          item: { label: t("visit.item"), id: "item" },
          body: { label: t("visit.body"), id: "body" },
          severity: { label: t("visit.severity"), id: "severity" },
          dueOn: { label: t("visit.dueOn"), id: "dueOn" },
        }}
      />
      <Field id="item" label={t("visit.item")} error={item.error} required={!other}>
        {(control) => (
          <Select
            {...control}
            name="item"
            defaultValue={item.defaultValue}
            placeholder={t(other ? "new.otherItem" : "visit.pickItem")}
            options={items}
          />
        )}
      </Field>
      <Field id="body" label={t("visit.body")} hint={t("visit.bodyHint")} error={body.error} required>
        {(control) => (
          <Textarea {...control} name="body" maxLength={1000} rows={3} defaultValue={body.defaultValue} />
        )}
      </Field>
      <RadioGroup
        name="severity"
        legend={t("visit.severity")}
        defaultValue={severity.defaultValue}
        error={severity.error}
        options={FINDING_SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
      />
      <Field
        id="dueOn"
        label={t("visit.dueOn")}
        hint={t("visit.dueHint", DAYS_TO_RECTIFY)}
        error={dueOn.error}
        className="max-w-xs"
      >
        {(control) => <DateInput {...control} name="dueOn" min={today} defaultValue={dueOn.defaultValue} />}
      </Field>
    </>
  );
}
