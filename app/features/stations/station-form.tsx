import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { PageHeader } from "~/ui/page-header";

export interface StationFormProps {
  station: { id: number; name: string };
  title: string;
  note: string;
  refused: Refused | null;
  /** What the fields are called in the summary of errors, by their names. */
  labels: Record<string, string>;
  children: ReactNode;
}

/** The page of a form that says something of one station, and leads back to it. */
export function StationForm({ station, title, note, refused, labels, children }: StationFormProps) {
  const { t } = useTranslation(["common"]);
  return (
    <>
      <PageHeader title={`${station.name} · ${title}`} note={note} />
      <Card className="max-w-4xl">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors
            refused={refused}
            fields={Object.fromEntries(
              Object.entries(labels).map(([name, label]) => [name, { label, id: name }]),
            )}
          />
          {children}
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("save")}</SubmitButton>
            <LinkButton to={`/stations/${station.id}`}>{t("cancel")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}

export interface DayFieldProps {
  name: string;
  label: string;
  hint: string;
  refused: Refused | null;
  /** What it starts with. */
  current: string | undefined;
  /** The last day that can be meant. */
  today: string;
  required?: boolean;
}

/** A day up to today: since when something holds, or when it was done. */
export function DayField({ name, label, hint, refused, current, today, required = false }: DayFieldProps) {
  const { defaultValue, error } = fieldOf(refused, name, current);
  return (
    <Field id={name} label={label} hint={hint} error={error} required={required} className="max-w-xs">
      {(control) => <DateInput {...control} name={name} max={today} defaultValue={defaultValue} />}
    </Field>
  );
}
