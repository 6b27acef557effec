import type { Indicator } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import type { Refused } from "~/ui/form";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { WordsForm } from "./indicator-form";
import { RetireForm } from "./retire-form";
import { Validity } from "./validity";

export interface IndicatorPageProps {
  head: { current: Period; changeable: Period; version: number };
  title: string;
  mayEdit: boolean;
  /** Every wording with the months it holds for, oldest first. */
  stretches: Indicator[];
  checks: { code: string; message: string }[];
  refused: Refused | null;
}

/** One indicator: what it means, how that changed, and for the city the forms to change it from a month on. */
export function IndicatorPage({ head, title, mayEdit, stretches, checks, refused }: IndicatorPageProps) {
  const { t } = useTranslation(["settings", "figures"]);
  const locale = useLocale();
  const last = stretches[stretches.length - 1];
  if (!last) return null;
  const only = (intent: string) => (refused?.intent === intent ? refused : null);
  const form = { changeable: head.changeable, version: head.version };
  const filed = last.derivation ? "derived" : "manual";
  const source = last.kind === "figure" ? filed : last.kind;
  const kinds = last.kinds?.map((kind) => t(`catalogue.kind.${kind}`)).join(t("catalogue.join"));
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader
        title={title}
        tag={
          last.own && (
            <Tag tone="info" plain>
              {t("catalogue.own")}
            </Tag>
          )
        }
      />
      <Card>
        <DescriptionList
          columns={2}
          items={[
            { term: t("catalogue.field.section"), value: t(`figures:section.${last.section}`) },
            { term: t("catalogue.field.unit"), value: t(`figures:unit.${last.unit}`) },
            {
              term: t("catalogue.column.source"),
              value: t(`catalogue.source.${source}`),
            },
            { term: t("catalogue.field.acrossTime"), value: t(`catalogue.acrossTime.${last.acrossTime}`) },
            { term: t("catalogue.field.kinds"), value: kinds ?? t("catalogue.allKinds") },
          ]}
        />
      </Card>
      <Card title={t("catalogue.history")}>
        {[...stretches].reverse().map((stretch) => (
          <div key={stretch.validFrom} className="border-b border-line py-2 last:border-b-0">
            <div className="flex flex-wrap justify-between gap-x-3">
              <b>{localized(stretch.name, locale)}</b>
              <span className="text-sm text-ink-2">
                <Validity stretch={stretch} current={head.current} />
              </span>
            </div>
            <p className="m-0 text-ink-2">{localized(stretch.definition, locale)}</p>
          </div>
        ))}
      </Card>
      {checks.length > 0 && (
        <Card title={t("catalogue.usedBy")}>
          <ul className="m-0 list-none p-0">
            {checks.map((check) => (
              <li key={check.code}>
                <Link
                  to={`/settings/catalogue/checks/${check.code}`}
                  className="inline-flex min-h-target items-center"
                >
                  {check.code} {check.message}
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {mayEdit && last.validTo === null && (
        <Card title={t("catalogue.edit")}>
          <WordsForm
            {...form}
            refused={only("edit")}
            words={{
              nameZh: last.name.zh,
              nameEn: last.name.en,
              definitionZh: last.definition.zh,
              definitionEn: last.definition.en,
            }}
          />
        </Card>
      )}
      {mayEdit && (
        <Card title={t(last.validTo === null ? "catalogue.retire" : "catalogue.restore")}>
          <RetireForm
            {...form}
            intent={last.validTo === null ? "retire" : "restore"}
            refused={only(last.validTo === null ? "retire" : "restore")}
          />
        </Card>
      )}
    </div>
  );
}
