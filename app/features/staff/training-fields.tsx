import type { TrainingDetails } from "@muster/db/queries/staff/trainings";
import { useTranslation } from "react-i18next";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, NumberInput, TextInput } from "~/ui/input";

interface Props {
  refused: Refused | null;
  today: string;
  current?: TrainingDetails;
}

/** Subject, day, hours and batch of a training, with the errors above. */
export function TrainingFields({ refused, today, current }: Props) {
  const { t } = useTranslation(["staff"]);
  const subject = fieldOf(refused, "subject", current?.subject);
  const heldOn = fieldOf(refused, "heldOn", current?.heldOn ?? today);
  const hours = fieldOf(refused, "hours", String(current?.hours ?? ""));
  const batch = fieldOf(refused, "batch", current?.batch);
  return (
    <>
      <FormErrors
        refused={refused}
        fields={{
          subject: { label: t("trainings.subject"), id: "subject" },
          heldOn: { label: t("trainings.heldOn"), id: "heldOn" },
          hours: { label: t("trainings.hours"), id: "hours" },
          batch: { label: t("trainings.batch"), id: "batch" },
        }}
      />
      <Field id="subject" label={t("trainings.subject")} error={subject.error} required>
        {(control) => (
          <TextInput {...control} name="subject" maxLength={80} defaultValue={subject.defaultValue} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id="heldOn" label={t("trainings.heldOn")} error={heldOn.error} required>
          {(control) => (
            <DateInput {...control} name="heldOn" max={today} defaultValue={heldOn.defaultValue} />
          )}
        </Field>
        <Field id="hours" label={t("trainings.hours")} error={hours.error} required>
          {(control) => (
            <NumberInput {...control} name="hours" maxLength={3} defaultValue={hours.defaultValue} />
          )}
        </Field>
        <Field id="batch" label={t("trainings.batch")} hint={t("trainings.batchHint")} error={batch.error}>
          {(control) => (
            <TextInput {...control} name="batch" maxLength={30} defaultValue={batch.defaultValue} />
          )}
        </Field>
      </div>
    </>
  );
}
