import type { Period } from "@muster/domain/period";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, type Refused } from "~/ui/form";
import { Tag } from "~/ui/tag";

export interface RuleHistoryProps<R> {
  title: string;
  /** The latest first. */
  rules: readonly R[];
  /** A rule in one line. */
  line: (rule: R) => string;
  /** The month that runs, the first that can still be changed, and the version the page was read with. */
  head: { current: Period; changeable: Period; version: number };
  mayEdit: boolean;
  refused: Refused | null;
}

/** What held from which month on; what is only planned may be dropped. */
export function RuleHistory<R extends { validFrom: Period }>({
  title,
  rules,
  line,
  head,
  mayEdit,
  refused,
}: RuleHistoryProps<R>) {
  const { t } = useTranslation(["settings"]);
  const f = useFormat();
  return (
    <Card title={title}>
      <FormErrors refused={refused?.intent === "drop" ? refused : null} />
      {rules.map((rule) => (
        <div
          key={rule.validFrom}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
        >
          <b>{t("catalogue.validFrom", { from: f.period(rule.validFrom) })}</b>
          {rule.validFrom > head.current && <Tag tone="info">{t("catalogue.planned")}</Tag>}
          <span className="min-w-0 flex-1 basis-64 text-ink-2">{line(rule)}</span>
          {mayEdit && rule.validFrom >= head.changeable && (
            <Form method="post">
              <input type="hidden" name="version" value={head.version} />
              <input type="hidden" name="from" value={rule.validFrom} />
              <SubmitButton intent="drop" tone="quiet" size="small">
                {t("catalogue.drop")}
              </SubmitButton>
            </Form>
          )}
        </div>
      ))}
    </Card>
  );
}
