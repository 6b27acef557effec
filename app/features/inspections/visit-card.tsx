import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Textarea } from "~/ui/input";

/** What somebody saw at a station, also where nothing was found. */
export function VisitCard({ refused }: { refused: Refused | null }) {
  const { t } = useTranslation(["inspections"]);
  const seen = fieldOf(refused, "seen");
  return (
    <Card title={t("visit.done")}>
      <p className="m-0 mb-3 text-ink-3">{t("visit.doneHint")}</p>
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors refused={refused} fields={{ seen: { label: t("visit.seen"), id: "seen" } }} />
        <Field id="seen" label={t("visit.seen")} error={seen.error} required>
          {(control) => (
            <Textarea {...control} name="seen" maxLength={1000} rows={3} defaultValue={seen.defaultValue} />
          )}
        </Field>
        <div>
          <SubmitButton intent="visit">{t("visit.save")}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
