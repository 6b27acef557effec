import type { Training } from "@muster/db/queries/staff/trainings";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { TrainingFields } from "./training-fields";

/** What may be done with a training: put it right, or say that it does not count. */
export function TrainingForms({
  data,
  training,
  today,
}: {
  data: unknown;
  training: Training;
  today: string;
}) {
  const { t } = useTranslation(["staff", "common"]);
  const edited = refusalIn(data, "edit");
  const cancelled = refusalIn(data, "cancel");
  const reason = fieldOf(cancelled, "reason");
  return (
    <>
      <details open={edited !== null} className="rounded-lg border border-line bg-surface px-4 py-2">
        <summary className="flex min-h-target cursor-pointer items-center font-semibold">
          {t("trainings.edit")}
        </summary>
        <Form method="post" className="grid gap-4 pb-2" noValidate>
          <input type="hidden" name="version" value={training.version} />
          <TrainingFields refused={edited} today={today} current={training} />
          <div>
            <SubmitButton intent="edit" tone="plain">
              {t("common:save")}
            </SubmitButton>
          </div>
        </Form>
      </details>
      <details open={cancelled !== null} className="rounded-lg border border-line bg-surface px-4 py-2">
        <summary className="flex min-h-target cursor-pointer items-center font-semibold">
          {t("trainings.cancel")}
        </summary>
        <p className="m-0 mb-3 text-ink-3">{t("trainings.cancelHint")}</p>
        <Form method="post" className="grid gap-4 pb-2" noValidate>
          <input type="hidden" name="version" value={training.version} />
          <FormErrors
            refused={cancelled}
            fields={{ reason: { label: t("trainings.reason"), id: "reason" } }}
          />
          <Field id="reason" label={t("trainings.reason")} error={reason.error} required>
            {(control) => (
              <TextInput {...control} name="reason" maxLength={200} defaultValue={reason.defaultValue} />
            )}
          </Field>
          <div>
            <SubmitButton intent="cancel" tone="danger">
              {t("trainings.cancel")}
            </SubmitButton>
          </div>
        </Form>
      </details>
    </>
  );
}
