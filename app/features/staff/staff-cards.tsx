import type { CoveredStation, Leader, Posts } from "@muster/db/queries/staff/posts";
import type { StaffMeasures } from "@muster/domain/staff";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { Entered } from "./entered";

/** What the standards ask of the staff, on the day the roster shows. */
export function MeasureNumbers({
  stationId,
  measures,
  manages,
}: {
  stationId: number;
  measures: StaffMeasures;
  manages: boolean;
}) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const percent = (value: number | null) => (value === null ? "—" : f.percent(value / 100));
  const number = (value: number | null) => (value === null ? "—" : f.integer(value));
  return (
    <KeyNumbers>
      <KeyNumber
        label={t("measure.fullTime")}
        value={number(measures.fullTime)}
        note={t("measure.posts", { posts: number(measures.approvedPosts) })}
      />
      <KeyNumber label={t("measure.filled")} value={percent(measures.filledShare)} />
      <KeyNumber
        label={t("measure.trained")}
        value={percent(measures.trainedShare)}
        to={`/stations/${stationId}/trainings`}
      />
      {manages ? (
        <KeyNumber label={t("measure.cover")} value={percent(measures.liaisonCover)} />
      ) : (
        <KeyNumber label={t("measure.veterans")} value={percent(measures.veteranShare)} />
      )}
    </KeyNumbers>
  );
}

/** The posts approved for the station. */
export function PostsCard({ posts, update }: { posts: Posts | null; update: boolean }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <Card title={t("posts.title")} aside={update && <SetUp />}>
      {posts ? (
        <DescriptionList
          columns={1}
          items={[
            { term: t("posts.posts"), value: t("posts.count", { count: posts.posts }) },
            {
              term: t("posts.document"),
              value: posts.document ? <Entered>{posts.document}</Entered> : t("none"),
            },
            { term: t("posts.from"), value: f.date(posts.validFrom) },
          ]}
        />
      ) : (
        <EmptyState title={t("posts.empty")}>{t("posts.emptyHint")}</EmptyState>
      )}
    </Card>
  );
}

function SetUp() {
  const { t } = useTranslation(["staff"]);
  return (
    <LinkButton to="posts" size="small">
      {t("action.posts")}
    </LinkButton>
  );
}

/** Chair, deputy and members of the leading group. */
export function GroupCard({ leaders, update }: { leaders: readonly Leader[]; update: boolean }) {
  const { t } = useTranslation(["staff"]);
  return (
    <Card
      title={t("group.title")}
      aside={
        update && (
          <LinkButton to="posts#group" size="small">
            {t("action.group")}
          </LinkButton>
        )
      }
    >
      {leaders.length === 0 ? (
        <EmptyState title={t("group.empty")}>{t("group.emptyHint")}</EmptyState>
      ) : (
        <ul className="m-0 list-none p-0">
          {leaders.map(({ id, name, office, role }) => (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-3 border-b border-line py-2 last:border-0"
            >
              <Tag plain tone={role === "chair" ? "good" : "mute"}>
                {t(`groupRole.${role}`)}
              </Tag>
              <b className="font-semibold">{name}</b>
              <span className="text-ink-3">
                <Entered>{office}</Entered>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Which station below has which liaison officer. */
export function CoverCard({ cover }: { cover: readonly CoveredStation[] }) {
  const { t } = useTranslation(["staff"]);
  const without = cover.filter(({ officers }) => officers.length === 0).length;
  return (
    <Card
      title={t("cover.title")}
      aside={
        cover.length > 0 && (
          <Tag tone={without > 0 ? "warn" : "good"}>
            {without > 0 ? t("cover.without", { count: without }) : t("cover.all")}
          </Tag>
        )
      }
      flush={cover.length > 0}
    >
      <Table
        caption={t("cover.title")}
        rows={cover}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("cover.empty")} />}
        columns={[
          { id: "station", header: t("column.station"), rowHeader: true, cell: ({ name }) => name },
          {
            id: "officer",
            header: t("cover.officer"),
            cell: ({ officers }) =>
              officers.length > 0 ? (
                officers.map(({ name }) => name).join(t("join"))
              ) : (
                <Tag tone="warn">{t("cover.nobody")}</Tag>
              ),
          },
        ]}
      />
      {cover.length > 0 && <p className="m-0 px-4 py-2 text-sm text-ink-3">{t("cover.hint")}</p>}
    </Card>
  );
}
