import type { DeadlineRule } from "@muster/domain/deadline";
import type { Period } from "@muster/domain/period";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput } from "~/ui/input";
import { FromField } from "./from-field";
import { RuleHistory } from "./rule-history";

export interface DeadlinePageProps {
  head: { at: Period; current: Period; changeable: Period; version: number };
  mayEdit: boolean;
  inForce: DeadlineRule;
  /** Latest first. */
  rules: readonly DeadlineRule[];
  refused: Refused | null;
}

const DAYS = ["submitFromDay", "villageDay", "townDay", "lockDay"] as const;

/** When months open for submission, are due and are locked: now, before, and as planned. */
export function DeadlinePage({ head, mayEdit, inForce, rules, refused }: DeadlinePageProps) {
  const { t } = useTranslation(["settings", "common"]);
  const f = useFormat();
  const names = Object.fromEntries(DAYS.map((day) => [day, { label: t(`catalogue.day.${day}`), id: day }]));
  const saving = refused?.intent === "save" ? refused : null;
  return (
    <div className="grid max-w-4xl gap-4">
      <Card title={t("catalogue.daysOf", { period: f.period(head.at) })}>
        <DescriptionList
          columns={2}
          items={DAYS.map((day) => ({
            term: t(`catalogue.day.${day}`),
            value: t(day === "submitFromDay" ? "catalogue.dayOfMonth" : "catalogue.dayOfNext", {
              day: inForce[day],
            }),
          }))}
        />
      </Card>
      {mayEdit && (
        <Card title={t("catalogue.changeDays")}>
          <Form method="post" className="grid gap-3" noValidate>
            <FormErrors
              refused={saving}
              fields={{ ...names, from: { label: t("catalogue.from"), id: "from" } }}
            />
            <FromField refused={saving} changeable={head.changeable} version={head.version} />
            <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
              {DAYS.map((day) => {
                const { defaultValue, error } = fieldOf(saving, day, String(rules[0]?.[day] ?? inForce[day]));
                return (
                  <Field
                    key={day}
                    label={t(`catalogue.day.${day}`)}
                    hint={t(day === "submitFromDay" ? "catalogue.thisMonth" : "catalogue.nextMonth")}
                    error={error}
                    id={day}
                  >
                    {(control) => <NumberInput {...control} name={day} defaultValue={defaultValue} />}
                  </Field>
                );
              })}
            </div>
            <p className="m-0 text-sm text-ink-3">{t("catalogue.daysNote")}</p>
            <div>
              <SubmitButton intent="save">{t("common:save")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      <RuleHistory
        title={t("catalogue.history")}
        rules={rules}
        line={(rule) =>
          DAYS.map((day) => `${t(`catalogue.day.${day}`)} ${rule[day]}`).join(t("catalogue.join"))
        }
        head={head}
        mayEdit={mayEdit}
        refused={refused}
      />
    </div>
  );
}
