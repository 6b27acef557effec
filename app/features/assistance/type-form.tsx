import type { AssistanceType } from "@muster/db/queries/assistance/types";
import { COUNTED_IN } from "@muster/domain/assistance";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { CatalogueFrameProps } from "~/features/catalogue/catalogue-frame";
import { FromField } from "~/features/catalogue/from-field";
import type { RuleHistoryProps } from "~/features/catalogue/rule-history";
import { SubmitButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, Select, Textarea, TextInput } from "~/ui/input";

export type TypesHead = CatalogueFrameProps["head"] & RuleHistoryProps<never>["head"];

const DAYS = ["verify", "review", "approval", "payment", "followUp"] as const;
const PLAIN = ["publicityDays", "yearlyLimit", "repeatMonths"] as const;

/** The form of a kind of assistance: of one that is there, or of a new one. */
export function TypeForm({
  type,
  head,
  refused,
  intent,
}: {
  type: AssistanceType | null;
  head: TypesHead;
  refused: Refused | null;
  intent: "save" | "add";
}) {
  const { t } = useTranslation(["assistance", "settings", "common"]);
  const of = (name: string, current = "") => fieldOf(refused, name, current);
  const usual = { publicityDays: 7, yearlyLimit: null, repeatMonths: 12 };
  const now = {
    publicityDays: String(type?.publicityDays ?? usual.publicityDays),
    yearlyLimit: type?.yearlyLimit ? String(type.yearlyLimit / 100) : "",
    repeatMonths: String(type?.repeatMonths ?? usual.repeatMonths),
  };
  const labels = {
    from: { label: t("settings:catalogue.from"), id: "from" },
    code: { label: t("types.code"), id: "code" },
    nameZh: { label: t("types.nameZh"), id: "nameZh" },
    nameEn: { label: t("types.nameEn"), id: "nameEn" },
    materials: { label: t("types.materials"), id: "materials" },
    ...Object.fromEntries(PLAIN.map((name) => [name, { label: t(`types.${name}`), id: name }])),
    ...Object.fromEntries(DAYS.map((name) => [name, { label: t(`types.days.${name}`), id: name }])),
  };
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <FromField refused={refused} changeable={head.changeable} version={head.version} />
      {intent === "add" && (
        <Field id="code" label={t("types.code")} hint={t("types.codeHint")} error={of("code").error} required>
          {(control) => (
            <TextInput
              {...control}
              name="code"
              maxLength={20}
              autoComplete="off"
              defaultValue={of("code").defaultValue}
            />
          )}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {(["nameZh", "nameEn"] as const).map((name) => (
          <Field key={name} id={name} label={t(`types.${name}`)} error={of(name).error} required>
            {(control) => (
              <TextInput
                {...control}
                name={name}
                maxLength={60}
                defaultValue={
                  of(name, (name === "nameZh" ? type?.name.zh : type?.name.en) ?? "").defaultValue
                }
              />
            )}
          </Field>
        ))}
        <Field id="countsIn" label={t("types.countsIn")} error={of("countsIn").error}>
          {(control) => (
            <Select
              {...control}
              name="countsIn"
              defaultValue={of("countsIn", type?.countsIn ?? "E02").defaultValue}
              options={COUNTED_IN.map((code) => ({ value: code, label: `${code} ${t(`countsIn.${code}`)}` }))}
            />
          )}
        </Field>
        {PLAIN.map((name) => (
          <Field key={name} id={name} label={t(`types.${name}`)} error={of(name).error}>
            {(control) => (
              <NumberInput
                {...control}
                name={name}
                maxLength={10}
                defaultValue={of(name, now[name]).defaultValue}
              />
            )}
          </Field>
        ))}
        {DAYS.map((name) => (
          <Field key={name} id={name} label={t(`types.days.${name}`)} error={of(name).error}>
            {(control) => (
              <NumberInput
                {...control}
                name={name}
                maxLength={2}
                defaultValue={of(name, String(type?.days[name] ?? 5)).defaultValue}
              />
            )}
          </Field>
        ))}
      </div>
      <Checkbox
        name="payFirst"
        label={t("types.payFirst")}
        defaultChecked={checkedOf(refused, "payFirst", "on", type?.payFirst ?? false)}
      />
      <Field
        id="materials"
        label={t("types.materials")}
        hint={t("types.materialsHint")}
        error={of("materials").error}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            name="materials"
            rows={Math.max(4, (type?.materials.length ?? 0) + 1)}
            defaultValue={
              of(
                "materials",
                type?.materials.map(({ code, zh, en }) => `${code} | ${zh} | ${en}`).join("\n") ?? "",
              ).defaultValue
            }
          />
        )}
      </Field>
      <div>
        <SubmitButton intent={intent}>{t("common:save")}</SubmitButton>
      </div>
    </Form>
  );
}
