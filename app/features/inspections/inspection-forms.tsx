import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused, refusalIn } from "~/ui/form";
import { DateInput, Textarea, TextInput } from "~/ui/input";
import { Folded, Text } from "./steps-forms";

interface Props {
  data: unknown;
  steps: readonly ("edit" | "begin" | "conclude" | "call_off")[];
  version: number;
  current: { theme: string; note: string; startsOn: string; endsOn: string };
}

/** What the running station may do with its inspection now. */
export function InspectionForms({ data, steps, version, current }: Props) {
  const { t } = useTranslation(["inspections"]);
  const concluded = refusalIn(data, "conclude");
  const begun = refusalIn(data, "begin");
  const calledOff = refusalIn(data, "call_off");
  const reason = fieldOf(calledOff, "reason");
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      {steps.includes("begin") && (
        <Card title={t("page.begin")}>
          <p className="m-0 mb-3 text-ink-3">{t("page.beginHint")}</p>
          <Form method="post" className="grid gap-4">
            <FormErrors refused={begun} />
            <input type="hidden" name="version" value={version} />
            <div>
              <SubmitButton intent="begin">{t("page.begin")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      {steps.includes("conclude") && (
        <Folded title={t("page.conclude")} hint={t("page.concludeHint")} refused={concluded}>
          <Text
            version={version}
            refused={concluded}
            name="circular"
            label={t("page.concludeText")}
            hint={t("page.concludeTextHint")}
          />
          <div>
            <SubmitButton intent="conclude">{t("page.conclude")}</SubmitButton>
          </div>
        </Folded>
      )}
      {steps.includes("edit") && (
        <Edit refused={refusalIn(data, "edit")} version={version} current={current} />
      )}
      {steps.includes("call_off") && (
        <Folded title={t("page.callOff")} refused={calledOff}>
          <FormErrors
            refused={calledOff}
            fields={{ reason: { label: t("page.callOffReason"), id: "reason" } }}
          />
          <input type="hidden" name="version" value={version} />
          <Field id="reason" label={t("page.callOffReason")} error={reason.error} required>
            {(control) => (
              <TextInput {...control} name="reason" maxLength={200} defaultValue={reason.defaultValue} />
            )}
          </Field>
          <div>
            <SubmitButton intent="call_off" tone="danger">
              {t("page.callOff")}
            </SubmitButton>
          </div>
        </Folded>
      )}
    </div>
  );
}

function Edit({
  refused,
  version,
  current,
}: Pick<Props, "version" | "current"> & { refused: Refused | null }) {
  const { t } = useTranslation(["inspections"]);
  const theme = fieldOf(refused, "theme", current.theme);
  const note = fieldOf(refused, "note", current.note);
  const startsOn = fieldOf(refused, "startsOn", current.startsOn);
  const endsOn = fieldOf(refused, "endsOn", current.endsOn);
  return (
    <Folded title={t("page.edit")} refused={refused}>
      <FormErrors
        refused={refused}
        fields={{
          theme: { label: t("plan.theme"), id: "theme" },
          note: { label: t("plan.text"), id: "note" },
          startsOn: { label: t("plan.startsOn"), id: "startsOn" },
          endsOn: { label: t("plan.endsOn"), id: "endsOn" },
        }}
      />
      <input type="hidden" name="version" value={version} />
      <Field id="theme" label={t("plan.theme")} error={theme.error} required>
        {(control) => (
          <TextInput {...control} name="theme" maxLength={60} defaultValue={theme.defaultValue} />
        )}
      </Field>
      <Field id="note" label={t("plan.text")} error={note.error}>
        {(control) => (
          <Textarea {...control} name="note" maxLength={500} rows={2} defaultValue={note.defaultValue} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="startsOn" label={t("plan.startsOn")} error={startsOn.error} required>
          {(control) => <DateInput {...control} name="startsOn" defaultValue={startsOn.defaultValue} />}
        </Field>
        <Field id="endsOn" label={t("plan.endsOn")} error={endsOn.error} required>
          {(control) => <DateInput {...control} name="endsOn" defaultValue={endsOn.defaultValue} />}
        </Field>
      </div>
      <div>
        <SubmitButton intent="edit" tone="plain">
          {t("page.edit")}
        </SubmitButton>
      </div>
    </Folded>
  );
}
