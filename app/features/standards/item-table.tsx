import type { StandardItem } from "@muster/domain/standard";
import { LEVELS, type Level } from "@muster/domain/station";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { askedOf } from "~/features/assessments/model";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { usePageTranslate } from "~/ui/use-page";
import { sourceKey } from "./item-form";

/** Items of one dimension with what they ask of each level. */
export function ItemTable({
  items,
  caption,
  editAt,
  levels = LEVELS,
}: {
  items: readonly StandardItem[];
  caption: string;
  /** Where an item is edited; null where nothing can be. */
  editAt: string | null;
  /** Levels whose thresholds are shown. */
  levels?: readonly Level[];
}) {
  const { t } = useTranslation(["standards"]);
  const translate = usePageTranslate();
  const locale = useLocale();
  return (
    <Table
      caption={caption}
      rows={items}
      rowKey={(item) => item.code}
      grow
      columns={[
        { id: "code", header: t("item.code"), tight: true, cell: (item) => item.code },
        {
          id: "name",
          header: t("set.column.name"),
          rowHeader: true,
          cell: (item) => (
            <span className="flex flex-wrap items-center gap-2">
              {editAt === null ? (
                localized(item.name, locale)
              ) : (
                <Link
                  to={`${editAt}/${item.code}`}
                  className="inline-flex min-h-target items-center font-semibold"
                >
                  {localized(item.name, locale)}
                </Link>
              )}
              {item.mandatory && (
                <Tag tone="warn" plain>
                  {t("mandatory")}
                </Tag>
              )}
            </span>
          ),
        },
        ...levels.map((level) => ({
          id: level,
          header: levels.length === 1 ? t("read.asked") : t(`level.${level}`),
          tight: true,
          wide: level === "city" || level === "district",
          cell: (item: StandardItem) => askedOf(item, level, translate),
        })),
        { id: "points", header: t("item.points"), numeric: true, tight: true, cell: (item) => item.points },
        {
          id: "source",
          header: t("item.source"),
          wide: true,
          cell: (item) => (item.source ? t(sourceKey(item.source)) : t("item.sourceNone")),
        },
      ]}
    />
  );
}
