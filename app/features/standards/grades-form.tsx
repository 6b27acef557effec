import type { Grade } from "@muster/domain/standard";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, TextInput } from "~/ui/input";

/** Lines of the form; two are free for new grades. */
export const MOST_GRADES = 8;

/** The grades of a draft: name, least points, and whether the Five Haves are needed. */
export function GradesForm({
  grades,
  version,
  refused,
}: {
  grades: readonly Grade[];
  version: number;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["standards", "common"]);
  const lines = Array.from({ length: Math.min(MOST_GRADES, grades.length + 2) }, (_, index) => index);
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors refused={refused} />
      <input type="hidden" name="version" value={version} />
      {lines.map((index) => {
        const grade = grades[index];
        const field = (name: string) => `grade.${index}.${name}`;
        const text = (name: string, label: string, current: string) => {
          const { defaultValue, error } = fieldOf(refused, field(name), current);
          return (
            <Field label={label} id={field(name)} error={error}>
              {(control) => (
                <TextInput {...control} name={field(name)} maxLength={80} defaultValue={defaultValue} />
              )}
            </Field>
          );
        };
        const points = fieldOf(refused, field("points"), grade ? String(grade.minPoints) : "");
        return (
          <div
            key={index}
            className="grid items-end gap-2 border-b border-line pb-3 sm:grid-cols-[1fr_1fr_7rem_auto]"
          >
            <input type="hidden" name={field("code")} value={grade?.code ?? ""} />
            {text("nameZh", t("item.nameZh"), grade?.name.zh ?? "")}
            {text("nameEn", t("item.nameEn"), grade?.name.en ?? "")}
            <Field label={t("gradeForm.minPoints")} id={field("points")} error={points.error}>
              {(control) => (
                <NumberInput {...control} name={field("points")} defaultValue={points.defaultValue} />
              )}
            </Field>
            <Checkbox
              name={field("five")}
              label={t("gradeForm.needs")}
              defaultChecked={checkedOf(refused, field("five"), "on", grade?.needsFiveHaves ?? false)}
            />
          </div>
        );
      })}
      <div>
        <SubmitButton intent="grades">{t("common:save")}</SubmitButton>
      </div>
    </Form>
  );
}
