import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";
import { Fold } from "./person-cards";

interface Props {
  data: unknown;
  version: number;
  today: string;
  /** Still in the archive; otherwise whether the end can be taken back. */
  active: boolean;
  reinstate: boolean;
  /** Records of the same name at the same station, into which this one may be merged. */
  others: readonly { id: string; label: string }[];
}

/** The rarer things that happen to a record: it ends, is a second one, or its end was a mistake. */
export function LeaveForms({ data, version, today, active, reinstate, others }: Props) {
  const { t } = useTranslation(["people"]);
  if (!active && !reinstate) return null;
  return (
    <Card title={t("person.more")} className="print:hidden">
      {active && <Leave data={data} version={version} today={today} />}
      {active && others.length > 0 && <Merge data={data} version={version} others={others} />}
      {!active && <Reinstate data={data} version={version} />}
    </Card>
  );
}

function Leave({ data, version, today }: Pick<Props, "data" | "version" | "today">) {
  const { t } = useTranslation(["people"]);
  const refused = refusalIn(data, "leave");
  const on = fieldOf(refused, "on", today);
  const note = fieldOf(refused, "note");
  const way = fieldOf(refused, "wayOut");
  return (
    <Fold title={t("person.leave")} open={refused !== null}>
      <p className="m-0 mb-3 text-ink-3">{t("person.leaveHint")}</p>
      <Form method="post" action="?index" className="grid gap-4 sm:grid-cols-2" noValidate>
        <input type="hidden" name="version" value={version} />
        <div className="sm:col-span-2">
          <FormErrors
            refused={refused}
            fields={{
              on: { label: t("field.on"), id: "leave-on" },
              wayOut: { label: t("field.reason"), id: "leave-way" },
            }}
          />
        </div>
        <div id="leave-way">
          <RadioGroup
            name="wayOut"
            legend={t("field.reason")}
            defaultValue={way.defaultValue}
            error={way.error}
            options={(["died", "moved_out"] as const).map((value) => ({
              value,
              label: t(`wayOut.${value}`),
            }))}
          />
        </div>
        <Field id="leave-on" label={t("field.on")} error={on.error} required>
          {(control) => <DateInput {...control} name="on" max={today} defaultValue={on.defaultValue} />}
        </Field>
        <Field id="leave-note" label={t("field.note")} error={note.error}>
          {(control) => (
            <TextInput {...control} name="note" maxLength={100} defaultValue={note.defaultValue} />
          )}
        </Field>
        <div className="flex items-end">
          <SubmitButton intent="leave" tone="danger">
            {t("person.leave")}
          </SubmitButton>
        </div>
      </Form>
    </Fold>
  );
}

function Merge({ data, version, others }: Pick<Props, "data" | "version" | "others">) {
  const { t } = useTranslation(["people"]);
  const refused = refusalIn(data, "merge");
  return (
    <Fold title={t("person.merge")} open={refused !== null}>
      <p className="m-0 mb-3 text-ink-3">{t("person.mergeHint")}</p>
      <Form method="post" action="?index" className="grid gap-4" noValidate>
        <input type="hidden" name="version" value={version} />
        <FormErrors refused={refused} fields={{ into: { label: t("field.into"), id: "into" } }} />
        <Field id="into" label={t("field.into")} error={fieldOf(refused, "into").error} required>
          {(control) => (
            <Select
              {...control}
              name="into"
              options={others.map(({ id, label }) => ({ value: id, label }))}
            />
          )}
        </Field>
        <div>
          <SubmitButton intent="merge" tone="danger">
            {t("person.merge")}
          </SubmitButton>
        </div>
      </Form>
    </Fold>
  );
}

function Reinstate({ data, version }: Pick<Props, "data" | "version">) {
  const { t } = useTranslation(["people"]);
  const refused = refusalIn(data, "reinstate");
  const reason = fieldOf(refused, "reason");
  return (
    <Fold title={t("person.reinstate")} open={refused !== null}>
      <p className="m-0 mb-3 text-ink-3">{t("person.reinstateHint")}</p>
      <Form method="post" action="?index" className="grid gap-4" noValidate>
        <input type="hidden" name="version" value={version} />
        <FormErrors refused={refused} fields={{ reason: { label: t("field.reason"), id: "back-reason" } }} />
        <Field id="back-reason" label={t("field.reason")} error={reason.error} required>
          {(control) => (
            <TextInput {...control} name="reason" maxLength={100} defaultValue={reason.defaultValue} />
          )}
        </Field>
        <div>
          <SubmitButton intent="reinstate">{t("person.reinstate")}</SubmitButton>
        </div>
      </Form>
    </Fold>
  );
}
