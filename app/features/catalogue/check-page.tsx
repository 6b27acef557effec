import type { CheckRule } from "@muster/domain/check";
import type { Period } from "@muster/domain/period";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import type { Refused } from "~/ui/form";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { CheckForm } from "./check-form";
import { RetireForm } from "./retire-form";
import { Validity } from "./validity";

export interface CheckPageProps {
  head: { current: Period; changeable: Period; version: number };
  code: string;
  mayEdit: boolean;
  /** Every wording with the months it holds for, oldest first. */
  stretches: CheckRule[];
  refused: Refused | null;
}

/** One cross-check: what it asks, how that changed, and for the city the forms to change it from a month on. */
export function CheckPage({ head, code, mayEdit, stretches, refused }: CheckPageProps) {
  const { t } = useTranslation(["settings"]);
  const locale = useLocale();
  const last = stretches[stretches.length - 1];
  if (!last) return null;
  const only = (intent: string) => (refused?.intent === intent ? refused : null);
  const form = { changeable: head.changeable, version: head.version };
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader title={t("catalogue.check", { code })} note={localized(last.message, locale)} />
      <Card title={t("catalogue.history")}>
        {[...stretches].reverse().map((stretch) => (
          <div key={stretch.validFrom} className="border-b border-line py-2 last:border-b-0">
            <div className="flex flex-wrap items-center justify-between gap-x-3">
              <span>
                <Tag tone={stretch.severity === "hard" ? "bad" : "warn"} className="mr-2">
                  {t(`catalogue.severity.${stretch.severity}`)}
                </Tag>
                {localized(stretch.message, locale)}
              </span>
              <span className="text-sm text-ink-2">
                <Validity stretch={stretch} current={head.current} />
              </span>
            </div>
            <code className="font-mono text-sm text-ink-2">
              {stretch.left} {stretch.comparison} {stretch.right}
            </code>
            {stretch.floor > 0 && (
              <span className="ml-3 text-sm text-ink-3">
                {t("catalogue.floorIs", { count: stretch.floor })}
              </span>
            )}
          </div>
        ))}
      </Card>
      {mayEdit && last.validTo === null && (
        <>
          <Card title={t("catalogue.edit")}>
            <CheckForm
              {...form}
              code={null}
              refused={only("edit")}
              values={{ ...last, messageZh: last.message.zh, messageEn: last.message.en }}
            />
          </Card>
          <Card title={t("catalogue.retire")}>
            <RetireForm {...form} intent="retire" refused={only("retire")} />
          </Card>
        </>
      )}
    </div>
  );
}
