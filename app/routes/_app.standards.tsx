import { setInForce } from "@muster/db/queries/standards/read";
import { localDate } from "@muster/domain/period";
import { DIMENSIONS, thresholdAt } from "@muster/domain/standard";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { GradeList } from "~/features/standards/grade-list";
import { ItemTable } from "~/features/standards/item-table";
import { useFormat, useLocale } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

export const handle = page({
  i18n: ["standards"],
  title: (t) => t("standards:read.title"),
  crumbs: (t) => [{ label: t("standards:read.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" } },
  async ({ scoped, actor, now, may }) => ({
    set: await scoped((tx) => setInForce(tx, localDate(now))),
    own: { id: actor.stationId, level: actor.level },
    mayEdit: may("update", "Catalogue"),
  }),
);

/** What the city asks of its stations today: to read, not to edit. */
export default function StandardsToRead() {
  const { set, own, mayEdit } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  const f = useFormat();
  // A village reads what is asked of villages; whoever manages stations reads it of each level below.
  const levels = own.level === "village" ? (["village"] as const) : undefined;
  return (
    <div className="grid max-w-5xl gap-4">
      <PageHeader
        title={set ? localized(set.name, locale) : t("read.title")}
        note={t("read.note")}
        tag={set && <Tag tone="good">{t("set.from", { from: f.date(set.validFrom ?? "") })}</Tag>}
      >
        {own.level !== "city" && (
          <LinkButton to={`/stations/${own.id}/assessments`}>{t("list.own")}</LinkButton>
        )}
        {own.level !== "village" && <LinkButton to="/assessments">{t("list.title")}</LinkButton>}
        {mayEdit && <LinkButton to="/settings/standards">{t("read.edit")}</LinkButton>}
      </PageHeader>
      {!set && (
        <Card>
          <EmptyState title={t("set.none")}>{t("read.none")}</EmptyState>
        </Card>
      )}
      {set &&
        DIMENSIONS.map((dimension) => {
          const items = set.items.filter(
            (item) =>
              item.dimension === dimension && (!levels || levels.some((level) => thresholdAt(item, level))),
          );
          return items.length === 0 ? null : (
            <Card key={dimension} title={t(`dimension.${dimension}`)} flush>
              <ItemTable
                caption={t(`dimension.${dimension}`)}
                items={items}
                editAt={null}
                {...(levels && { levels })}
              />
            </Card>
          );
        })}
      {set && set.grades.length > 0 && (
        <Card title={t("gradeForm.title")}>
          <GradeList grades={set.grades} />
        </Card>
      )}
    </div>
  );
}
