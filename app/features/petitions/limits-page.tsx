import { LIMIT_NAMES, type PetitionLimits } from "@muster/domain/petition";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput } from "~/ui/input";

interface Props {
  /** The latest first. */
  limits: readonly PetitionLimits[];
  inForce: PetitionLimits;
  mayEdit: boolean;
  today: string;
  refused: Refused | null;
}

/** How many days each step of a petition may take: now, before, and as planned. */
export function LimitsPage({ limits, inForce, mayEdit, today, refused }: Props) {
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  const from = fieldOf(refused, "validFrom", today);
  const labels = {
    validFrom: { label: t("limits.validFrom"), id: "validFrom" },
    ...Object.fromEntries(LIMIT_NAMES.map((name) => [name, { label: t(`limits.${name}`), id: name }])),
  };
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
      <Card title={t("limits.current")}>
        <DescriptionList
          columns={2}
          items={LIMIT_NAMES.map((name) => ({
            term: t(`limits.${name}`),
            value: t("limits.days", { count: inForce[name] }),
          }))}
        />
      </Card>
      {mayEdit && (
        <Card title={t("limits.change")}>
          <Form method="post" className="grid gap-4" noValidate>
            <FormErrors refused={refused} fields={labels} />
            <Field
              id="validFrom"
              label={t("limits.validFrom")}
              error={from.error}
              required
              className="max-w-xs"
            >
              {(control) => (
                <DateInput {...control} name="validFrom" min={today} defaultValue={from.defaultValue} />
              )}
            </Field>
            <div className="grid gap-4 sm:grid-cols-3">
              {LIMIT_NAMES.map((name) => {
                const { defaultValue, error } = fieldOf(refused, name, String((limits[0] ?? inForce)[name]));
                return (
                  <Field
                    key={name}
                    id={name}
                    label={t(`limits.${name}`)}
                    hint={t("limits.bounds")}
                    error={error}
                  >
                    {(control) => (
                      <NumberInput {...control} name={name} maxLength={3} defaultValue={defaultValue} />
                    )}
                  </Field>
                );
              })}
            </div>
            <div>
              <SubmitButton>{t("limits.save")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      <Card title={t("limits.history")}>
        <ul className="m-0 list-none p-0">
          {limits.map((each) => (
            <li key={each.validFrom} className="border-b border-line py-2 last:border-b-0">
              <b>{f.date(each.validFrom)}</b>{" "}
              <span className="text-ink-2">
                {LIMIT_NAMES.map(
                  (name) => `${t(`limits.${name}`)} ${t("limits.days", { count: each[name] })}`,
                ).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
