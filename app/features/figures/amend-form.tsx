import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Textarea } from "~/ui/input";
import { LateList } from "./late-notice";
import { addressOf, type FilingModel } from "./model";

/** Opens an accepted report for correction, with a reason, `late` by what the records say now; or gives one up. */
export function AmendForm({
  model,
  late,
  refused,
}: {
  model: FilingModel;
  late: boolean;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["figures"]);
  const f = useFormat();
  const reviewer = model.reviewerName ?? t("reviewer");
  const back = (
    <LinkButton to={addressOf(model)} className="min-h-12">
      {t("summary.back")}
    </LinkButton>
  );
  const title = t("title", { period: f.period(model.period) });
  if (model.may.cancel) {
    return (
      <Card level={1} title={`${title} · ${t("amending.cancel")}`} className="mx-auto max-w-2xl">
        <Form method="post" className="grid gap-3">
          <FormErrors refused={refused} />
          <p className="m-0">{t("amending.cancelMeans")}</p>
          <input type="hidden" name="version" value={model.version} />
          <div className="flex flex-wrap gap-2">
            {back}
            <SubmitButton intent="cancel" tone="danger" className="min-h-12">
              {t("amending.cancel")}
            </SubmitButton>
          </div>
        </Form>
      </Card>
    );
  }
  return (
    <Card level={1} title={`${title} · ${t("amend.open")}`} className="mx-auto max-w-2xl">
      {model.may.amend ? (
        <Form method="post" className="grid gap-3" noValidate>
          <FormErrors refused={refused} fields={{ reason: { label: t("amend.reason"), id: "reason" } }} />
          <p className="m-0">{t("amend.means", { reviewer })}</p>
          <input type="hidden" name="version" value={model.version} />
          {late && (
            <div>
              <input type="hidden" name="late" value="1" />
              <p className="m-0">{t("late.means")}</p>
              <LateList model={model} />
            </div>
          )}
          <Field id="reason" label={t("amend.reason")} error={fieldOf(refused, "reason").error} required>
            {(control) => (
              <Textarea
                {...control}
                name="reason"
                maxLength={500}
                defaultValue={refused || !late ? fieldOf(refused, "reason").defaultValue : t("late.reason")}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            {back}
            <SubmitButton intent="amend" className="min-h-12">
              {t("amend.open")}
            </SubmitButton>
          </div>
        </Form>
      ) : (
        <div className="grid gap-3">
          <p className="m-0">
            <b>{model.lock?.message ?? t("amend.closed")}</b> {model.lock?.next}
          </p>
          <div>{back}</div>
        </div>
      )}
    </Card>
  );
}
