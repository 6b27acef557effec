import type { Period } from "@muster/domain/period";
import { PER_WORKER, STAFFING_BASES, type StaffingRule } from "@muster/domain/staffing";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, Select } from "~/ui/input";
import { FromField } from "./from-field";
import { RuleHistory } from "./rule-history";

interface Props {
  head: { at: Period; current: Period; changeable: Period; version: number };
  mayEdit: boolean;
  inForce: StaffingRule;
  /** Latest first. */
  rules: readonly StaffingRule[];
  refused: Refused | null;
}

/** Levels whose basis a city chooses, and what it may choose: a village has no subtree. */
const LEVELS = [
  { level: "village", bases: STAFFING_BASES.filter((basis) => basis !== "subtree") },
  { level: "town", bases: STAFFING_BASES },
  { level: "district", bases: STAFFING_BASES },
] as const;

/** How many people a full-time worker may serve and whose: now, before, and as planned. */
export function StaffingRulePage({ head, mayEdit, inForce, rules, refused }: Props) {
  const { t } = useTranslation(["settings", "common"]);
  const f = useFormat();
  const saving = refused?.intent === "save" ? refused : null;
  const fields = {
    perWorker: { label: t("catalogue.staffing.perWorker"), id: "perWorker" },
    ...Object.fromEntries(
      LEVELS.map(({ level }) => [level, { label: t(`catalogue.staffing.level.${level}`), id: level }]),
    ),
    from: { label: t("catalogue.from"), id: "from" },
  };
  const perWorker = fieldOf(saving, "perWorker", String(rules[0]?.perWorker ?? inForce.perWorker));
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
      <Card title={t("catalogue.staffing.of", { period: f.period(head.at) })}>
        <DescriptionList
          columns={2}
          items={[
            {
              term: t("catalogue.staffing.perWorker"),
              value: t("catalogue.staffing.people", { count: inForce.perWorker }),
            },
            ...LEVELS.map(({ level }) => ({
              term: t(`catalogue.staffing.level.${level}`),
              value: t(`catalogue.staffing.basis.${inForce[level]}`),
            })),
            { term: t("catalogue.staffing.city"), value: t("catalogue.staffing.cityBasis") },
          ]}
        />
      </Card>
      {mayEdit && (
        <Card title={t("catalogue.staffing.change")}>
          <Form method="post" className="grid gap-3" noValidate>
            <FormErrors refused={saving} fields={fields} />
            <FromField refused={saving} changeable={head.changeable} version={head.version} />
            <Field
              label={t("catalogue.staffing.perWorker")}
              hint={t("catalogue.staffing.perWorkerHint", PER_WORKER)}
              error={perWorker.error}
              id="perWorker"
              className="max-w-xs"
            >
              {(control) => (
                <NumberInput
                  {...control}
                  name="perWorker"
                  maxLength={4}
                  defaultValue={perWorker.defaultValue}
                />
              )}
            </Field>
            <div className="grid gap-3 sm:grid-cols-2">
              {LEVELS.map(({ level, bases }) => {
                const { defaultValue, error } = fieldOf(saving, level, (rules[0] ?? inForce)[level]);
                return (
                  <Field key={level} label={t(`catalogue.staffing.level.${level}`)} error={error} id={level}>
                    {(control) => (
                      <Select
                        {...control}
                        name={level}
                        defaultValue={defaultValue}
                        options={bases.map((basis) => ({
                          value: basis,
                          label: t(`catalogue.staffing.basis.${basis}`),
                        }))}
                      />
                    )}
                  </Field>
                );
              })}
            </div>
            <p className="m-0 text-sm text-ink-3">{t("catalogue.staffing.note")}</p>
            <div>
              <SubmitButton intent="save">{t("common:save")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      <RuleHistory
        title={t("catalogue.staffing.history")}
        rules={rules}
        line={(rule) =>
          [
            t("catalogue.staffing.line", { people: rule.perWorker }),
            ...LEVELS.map(({ level }) =>
              t("catalogue.staffing.levelLine", {
                level: t(`catalogue.staffing.level.${level}`),
                basis: t(`catalogue.staffing.basis.${rule[level]}`),
              }),
            ),
          ].join(" · ")
        }
        head={head}
        mayEdit={mayEdit}
        refused={refused}
      />
    </div>
  );
}
