import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { useLocale } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Select, Textarea } from "~/ui/input";
import { type FilingModel, localized } from "./model";

/** Remarks from above, and the place to leave one. */
export function RemarkBox({ model, refused }: { model: FilingModel; refused: Refused | null }) {
  const { t } = useTranslation(["figures", "nav"]);
  const locale = useLocale();
  if (model.remarks.length === 0 && !model.may.remark) return null;
  const nameOf = (code: string | null) => {
    const indicator = model.indicators.find((each) => each.code === code);
    return indicator ? localized(indicator.name, locale) : t("remark.whole");
  };
  const role = (name: string) => t(`nav:role.${name as "city_overseer"}`);
  return (
    <Card title={t("remark.title")} className="mt-4 max-w-3xl">
      {model.remarks.length > 0 && (
        <ul className="m-0 mb-3 list-none p-0">
          {model.remarks.map((remark) => (
            <li key={remark.id} className="border-b border-line py-2 last:border-b-0">
              {t("pair", { name: nameOf(remark.indicator), text: remark.body })}
              <span className="block text-sm text-ink-3">
                {remark.byName} · {role(remark.byRole)} · {formatDateTime(remark.at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {model.may.remark && (
        <Form key={model.remarks.length} method="post" className="grid gap-3 print:hidden">
          <FormErrors refused={refused} />
          <Field label={t("remark.about")}>
            {(control) => (
              <Select
                {...control}
                name="indicator"
                defaultValue={fieldOf(refused, "indicator").defaultValue}
                placeholder={t("remark.whole")}
                options={model.indicators
                  .filter((indicator) => indicator.kind === "figure")
                  .map((indicator) => ({ value: indicator.code, label: localized(indicator.name, locale) }))}
              />
            )}
          </Field>
          <Field label={t("remark.body")} hint={t("remark.hint")} error={fieldOf(refused, "body").error}>
            {(control) => (
              <Textarea
                {...control}
                name="body"
                maxLength={500}
                defaultValue={fieldOf(refused, "body").defaultValue}
              />
            )}
          </Field>
          <div>
            <SubmitButton intent="remark">{t("remark.leave")}</SubmitButton>
          </div>
        </Form>
      )}
    </Card>
  );
}
