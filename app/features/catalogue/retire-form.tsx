import type { Period } from "@muster/domain/period";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { FormErrors, type Refused } from "~/ui/form";
import { FromField } from "./from-field";

export interface RetireFormProps {
  intent: "retire" | "restore";
  refused: Refused | null;
  changeable: Period;
  version: number;
}

/** Takes something out from a month on, or brings it back. */
export function RetireForm({ intent, refused, changeable, version }: RetireFormProps) {
  const { t } = useTranslation(["settings"]);
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <FormErrors refused={refused} />
      <p className="m-0 text-ink-2">{t(`catalogue.${intent}Means`)}</p>
      <FromField id={`${intent}-from`} refused={refused} changeable={changeable} version={version} />
      <div>
        <SubmitButton intent={intent} tone={intent === "retire" ? "danger" : "plain"}>
          {t(`catalogue.${intent}`)}
        </SubmitButton>
      </div>
    </Form>
  );
}
