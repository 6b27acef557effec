import type { StaffTerm } from "@muster/db/queries/staff/row";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { StaffFields } from "./staff-fields";

interface Props {
  /** The action's data: a refusal belongs to one of the forms. */
  data: unknown;
  latest: StaffTerm;
  today: string;
  /** Stations directly below, and whether this person looks after them. */
  below: readonly { id: number; name: string; covered: boolean }[];
}

/** What may be done with a member of the staff: a change from a day on, the end, the villages, a correction. */
export function PersonForms({ data, latest, today, below }: Props) {
  const serving = latest.validTo === null;
  return (
    <>
      {serving && <TermForm data={data} latest={latest} today={today} intent="change" />}
      {serving && below.length > 0 && <Villages data={data} today={today} below={below} />}
      {serving && <End data={data} latest={latest} today={today} />}
      <TermForm data={data} latest={latest} today={today} intent="correct" />
    </>
  );
}

function Fixed({ latest }: Pick<Props, "latest">) {
  return (
    <>
      <input type="hidden" name="id" value={latest.id} />
      <input type="hidden" name="version" value={latest.version} />
    </>
  );
}

function TermForm({ data, latest, today, intent }: Omit<Props, "below"> & { intent: "change" | "correct" }) {
  const { t } = useTranslation(["staff"]);
  const refused = refusalIn(data, intent);
  const change = intent === "change";
  return (
    <details open={refused !== null} className="rounded-lg border border-line bg-surface px-4 py-2">
      <summary className="flex min-h-target cursor-pointer items-center font-semibold">
        {t(`person.${intent}`)}
      </summary>
      <p className="m-0 mb-3 text-ink-3">{t(`person.${intent}Hint`)}</p>
      <Form method="post" className="grid gap-4 pb-2" noValidate>
        <Fixed latest={latest} />
        <StaffFields
          refused={refused}
          today={today}
          current={latest}
          day={change ? today : latest.validFrom}
          dayLabel={t(change ? "person.changeFrom" : "field.validFrom")}
          prefix={intent}
        />
        <div>
          <SubmitButton intent={intent} tone={change ? "primary" : "plain"}>
            {t(`person.${intent}`)}
          </SubmitButton>
        </div>
      </Form>
    </details>
  );
}

function End({ data, latest, today }: Omit<Props, "below">) {
  const { t } = useTranslation(["staff"]);
  const refused = refusalIn(data, "end");
  const on = fieldOf(refused, "on", today);
  return (
    <details open={refused !== null} className="rounded-lg border border-line bg-surface px-4 py-2">
      <summary className="flex min-h-target cursor-pointer items-center font-semibold">
        {t("person.end")}
      </summary>
      <p className="m-0 mb-3 text-ink-3">{t("person.endHint")}</p>
      <Form method="post" className="grid gap-4 pb-2" noValidate>
        <Fixed latest={latest} />
        <FormErrors refused={refused} fields={{ on: { label: t("person.endOn"), id: "end-on" } }} />
        <Field id="end-on" label={t("person.endOn")} error={on.error} required className="max-w-xs">
          {(control) => <DateInput {...control} name="on" max={today} defaultValue={on.defaultValue} />}
        </Field>
        <div>
          <SubmitButton intent="end" tone="danger">
            {t("person.end")}
          </SubmitButton>
        </div>
      </Form>
    </details>
  );
}

function Villages({ data, today, below }: Pick<Props, "data" | "today" | "below">) {
  const { t } = useTranslation(["staff"]);
  const refused = refusalIn(data, "cover");
  const from = fieldOf(refused, "from", today);
  return (
    <Card title={t("cover.edit")} id="cover">
      <p className="m-0 mb-3 text-ink-3">{t("cover.editHint")}</p>
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors refused={refused} fields={{ from: { label: t("cover.from"), id: "cover-from" } }} />
        <fieldset className="m-0 grid min-w-0 grid-cols-2 gap-x-4 border-0 p-0 sm:grid-cols-3 lg:grid-cols-6">
          <legend className="sr-only">{t("cover.edit")}</legend>
          {below.map(({ id, name, covered }) => (
            <Checkbox
              key={id}
              name="covered"
              value={id}
              label={name}
              defaultChecked={checkedOf(refused, "covered", String(id), covered)}
            />
          ))}
        </fieldset>
        <Field id="cover-from" label={t("cover.from")} error={from.error} required className="max-w-xs">
          {(control) => <DateInput {...control} name="from" max={today} defaultValue={from.defaultValue} />}
        </Field>
        <div>
          <SubmitButton intent="cover" tone="plain">
            {t("cover.save")}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
