import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused, refusalIn } from "~/ui/form";
import { Select, Textarea, TextInput } from "~/ui/input";
import type { FigureLine, ReviewModel } from "./model";

/** A station that has not reported: by when it should, how far it is, whom to call. */
export function MissingReport({ report }: { report: ReviewModel }) {
  const { t } = useTranslation(["review"]);
  const { missing } = report;
  if (!missing) return null;
  return (
    <Card className="mb-3">
      <EmptyState
        title={t("missing.title", { name: report.name })}
        action={
          report.may.remind && (
            <Form method="post">
              <SubmitButton intent="remind">{t("missing.remind")}</SubmitButton>
            </Form>
          )
        }
      >
        {t("missing.due", { day: report.dueOn })}{" "}
        {missing.given === 0
          ? t("missing.blank")
          : t("missing.given", { given: missing.given, asked: missing.asked })}{" "}
        {missing.reminded ? t("missing.reminded", { at: missing.reminded }) : t("missing.notReminded")}
      </EmptyState>
      <DescriptionList
        items={[
          {
            term: t("missing.call"),
            value: missing.phone ? (
              <a href={`tel:${missing.phone}`}>{missing.phone}</a>
            ) : (
              t("missing.noPhone")
            ),
          },
          {
            term: t("missing.people"),
            value: missing.people.length > 0 ? missing.people.join("、") : t("missing.nobody"),
          },
        ]}
      />
    </Card>
  );
}

/** Says that a report may be missing, and why; or takes that back. */
export function ExcuseForm({ report, refused }: { report: ReviewModel; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  if (!report.canExcuse) {
    return report.excused ? (
      <Card className="mb-3">{t("missing.excusedAs", { reason: report.excused })}</Card>
    ) : null;
  }
  const shown = refusalIn(refused, "excuse");
  return (
    <Card title={t("missing.excuseTitle")} className="mb-3">
      <Form method="post" className="grid max-w-xl gap-3">
        <FormErrors refused={shown} />
        {report.excused && <p className="m-0">{t("missing.excusedAs", { reason: report.excused })}</p>}
        <Field
          label={t("missing.excuseReason")}
          hint={t("missing.excuseHint")}
          error={fieldOf(shown, "reason").error}
          required
        >
          {(control) => (
            <TextInput
              {...control}
              name="reason"
              maxLength={200}
              {...defaultOf(shown, "reason", report.excused)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <SubmitButton intent="excuse" tone="plain">
            {t("missing.excuseSave")}
          </SubmitButton>
          {report.excused && (
            <SubmitButton intent="unexcuse" tone="quiet" formNoValidate>
              {t("missing.excuseBack")}
            </SubmitButton>
          )}
        </div>
      </Form>
    </Card>
  );
}

/** Opens an accepted report again. */
export function AmendForm({ report, refused }: { report: ReviewModel; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  if (!report.may.amend) return null;
  const shown = refusalIn(refused, "amend");
  return (
    <Card title={t("decide.amendTitle")} className="mt-3">
      <Form method="post" className="grid max-w-xl gap-3">
        <FormErrors refused={shown} />
        <input type="hidden" name="version" value={report.version} />
        <Field
          label={t("decide.amendReason")}
          hint={t("decide.amendHint")}
          error={fieldOf(shown, "reason").error}
          required
        >
          {(control) => (
            <TextInput {...control} name="reason" maxLength={200} {...defaultOf(shown, "reason")} />
          )}
        </Field>
        <div>
          <SubmitButton intent="amend" tone="plain">
            {t("decide.amend")}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

/** What those above noted on the report, and a form for the next note. */
export function Remarks({ report, refused }: { report: ReviewModel; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  if (report.remarks.length === 0 && !report.may.remark) return null;
  const shown = refusalIn(refused, "remark");
  const { first, moved, rest } = report.groups;
  const codes: FigureLine[] = [...first, ...moved, ...rest];
  return (
    <Card title={t("remark.title")} className="mt-3">
      {report.remarks.length > 0 ? (
        <ul className="m-0 list-none p-0">
          {report.remarks.map((remark) => (
            <li key={remark.id} className="border-b border-line py-2 last:border-0">
              <span className="text-sm text-ink-3">
                {remark.by} · {remark.at}
                {remark.code && ` · ${remark.code}`}
              </span>
              <span className="block whitespace-pre-wrap">{remark.body}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="m-0 text-ink-3">{t("remark.none")}</p>
      )}
      {report.may.remark && (
        <details className="mt-2" open={shown !== null}>
          <summary className="inline-flex min-h-target items-center text-accent underline underline-offset-4">
            {t("remark.add")}
          </summary>
          <Form method="post" className="grid max-w-xl gap-3 pt-2" key={report.remarks.length}>
            <FormErrors refused={shown} />
            <Field label={t("remark.code")}>
              {(control) => (
                <Select
                  {...control}
                  name="indicator"
                  options={[
                    { value: "", label: t("remark.whole") },
                    ...codes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
                  ]}
                />
              )}
            </Field>
            <Field
              label={t("remark.title")}
              hint={t("remark.hint")}
              error={fieldOf(shown, "body").error}
              required
            >
              {(control) => (
                <Textarea {...control} name="body" maxLength={500} {...defaultOf(shown, "body")} />
              )}
            </Field>
            <div>
              <SubmitButton intent="remark" tone="plain">
                {t("remark.send")}
              </SubmitButton>
            </div>
          </Form>
        </details>
      )}
    </Card>
  );
}

function defaultOf(refused: Refused | null, name: string, current = ""): { defaultValue: string } {
  return { defaultValue: fieldOf(refused, name, current).defaultValue };
}
