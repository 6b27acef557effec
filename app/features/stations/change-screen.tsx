import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, type Refused } from "~/ui/form";
import { PageHeader } from "~/ui/page-header";
import { ChangeEffects } from "./change-effects";
import type { Effects } from "./effects";

/** A preview that the person has asked for: what was entered, and what it would do. */
export interface Preview {
  ok: true;
  /** Sent again with the confirmation. */
  entered: Record<string, string>;
  lead: string;
  effects: Effects;
}

/** The preview in an action's data, if that is what it is. */
export function previewIn(data: unknown): Preview | null {
  return typeof data === "object" && data !== null && "ok" in data && data.ok === true && "effects" in data
    ? (data as Preview)
    : null;
}

export interface ChangeScreenProps {
  title: string;
  note: string;
  station: { id: number; version: number };
  refused: Refused | null;
  preview: Preview | null;
  confirm: string;
  danger?: boolean;
  /** Ids and labels of the fields, for the list of errors. */
  labels: Record<string, { label: string; id: string }>;
  children: ReactNode;
}

/** A change in two steps that work without a script: enter it and see what it does; then confirm exactly that. */
export function ChangeScreen(props: ChangeScreenProps) {
  const { title, note, station, refused, preview, labels, children } = props;
  const { t } = useTranslation(["stations", "common"]);
  return (
    <>
      <PageHeader title={title} note={note} />
      <div className="grid max-w-4xl gap-4">
        <FormErrors refused={refused} fields={labels} />
        {preview && <PreviewCard {...props} preview={preview} />}
        <Card title={preview ? t("change.formTitle") : undefined}>
          <Form method="post" className="grid gap-4" noValidate>
            <input type="hidden" name="version" value={station.version} />
            {children}
            <div className="flex flex-wrap gap-2">
              <SubmitButton intent="preview" tone={preview ? "plain" : "primary"}>
                {t("action.preview")}
              </SubmitButton>
              {!preview && <LinkButton to={`/stations/${station.id}`}>{t("common:cancel")}</LinkButton>}
            </div>
          </Form>
        </Card>
      </div>
    </>
  );
}

function PreviewCard({ station, preview, confirm, danger }: ChangeScreenProps & { preview: Preview }) {
  const { t } = useTranslation(["stations", "common"]);
  return (
    <Card title={t("change.previewTitle")} className="border-accent">
      <ChangeEffects effects={preview.effects} lead={preview.lead} />
      <Form method="post" className="mt-4 flex flex-wrap gap-2">
        {Object.entries(preview.entered).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton intent="confirm" tone={danger ? "danger" : "primary"}>
          {confirm}
        </SubmitButton>
        <LinkButton to={`/stations/${station.id}`}>{t("common:cancel")}</LinkButton>
      </Form>
    </Card>
  );
}
