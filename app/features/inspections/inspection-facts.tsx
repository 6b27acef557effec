import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";

interface Props {
  head: { startsOn: string; endsOn: string };
  full: {
    unannounced: boolean;
    note: string;
    draw: { seed: string; pool: string[]; size: number } | null;
    createdBy: string;
  };
  items: readonly { place: number; code: string | null; zh: string; en: string }[];
  inspectors: readonly string[];
}

/** What an inspection looks at, who inspects, when, and how its stations were found. */
export function InspectionFacts({ head, full, items, inspectors }: Props) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const locale = useLocale();
  const { draw } = full;
  return (
    <Card>
      <DescriptionList
        items={[
          {
            term: t("page.dates"),
            value: t("dates", { from: f.date(head.startsOn), to: f.date(head.endsOn) }),
          },
          { term: t("page.inspectors"), value: <Entered>{inspectors.join("、")}</Entered> },
          {
            term: t("page.items"),
            value: (
              <ul className="m-0 list-none p-0">
                {items.map(({ place, code, zh, en }) => (
                  <li key={place}>
                    {code === null ? <Entered>{zh}</Entered> : `${code} ${locale === "zh-CN" ? zh : en}`}
                  </li>
                ))}
              </ul>
            ),
          },
          ...(full.unannounced ? [{ term: t("page.kind"), value: t("page.kindUnannounced") }] : []),
          {
            term: t("page.method"),
            value: draw ? (
              <>
                {t("page.drawn", { pool: draw.pool.length, size: draw.size })}
                <details className="text-sm text-ink-2">
                  <summary className="flex min-h-target cursor-pointer items-center">
                    {t("page.pool")}
                  </summary>
                  <p className="m-0 [overflow-wrap:anywhere]">
                    {t("page.drawHow", { seed: draw.seed, size: draw.size })}
                  </p>
                  <p className="m-0 font-mono [overflow-wrap:anywhere]">{draw.pool.join(" ")}</p>
                </details>
              </>
            ) : (
              t("page.chosen")
            ),
          },
          { term: t("page.createdBy"), value: <Entered>{full.createdBy}</Entered> },
          ...(full.note ? [{ term: t("plan.text"), value: <Entered>{full.note}</Entered> }] : []),
        ]}
      />
    </Card>
  );
}
