import type { trainedOf, trainingsOf } from "@muster/db/queries/staff/trainings";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { Entered } from "./entered";

type Held = Awaited<ReturnType<typeof trainingsOf>>;
type Trained = Awaited<ReturnType<typeof trainedOf>>;

/** The trainings a station held in a year. */
export function HeldTrainings({ rows }: { rows: Held }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <Table
      caption={t("trainings.held")}
      rows={rows}
      rowKey={({ id }) => id}
      grow
      empty={<EmptyState title={t("trainings.empty")}>{t("trainings.emptyHint")}</EmptyState>}
      columns={[
        {
          id: "subject",
          header: t("trainings.subject"),
          rowHeader: true,
          cell: ({ id, subject, batch, cancelledReason }) => (
            <span className="flex flex-wrap items-center gap-x-2">
              <Link to={id} className="inline-flex min-h-target items-center no-underline hover:underline">
                <Entered>{subject}</Entered>
              </Link>
              {batch && (
                <span className="text-sm text-ink-3">
                  <Entered>{batch}</Entered>
                </span>
              )}
              {cancelledReason !== null && <Tag>{t("trainings.cancelled")}</Tag>}
            </span>
          ),
        },
        {
          id: "heldOn",
          header: t("trainings.heldOn"),
          tight: true,
          cell: ({ heldOn }) => f.date(heldOn),
        },
        { id: "hours", header: t("trainings.hours"), numeric: true, cell: ({ hours }) => hours },
        {
          id: "attended",
          header: t("trainings.attended"),
          numeric: true,
          cell: ({ attended }) => f.integer(attended),
        },
      ]}
    />
  );
}

/** The trainings others held that a station's people attended. */
export function TrainingsElsewhere({ rows }: { rows: Trained["elsewhere"] }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <Table
      caption={t("trainings.elsewhere")}
      rows={rows}
      rowKey={({ trainingId }) => trainingId}
      grow
      stacked
      columns={[
        {
          id: "subject",
          header: t("trainings.subject"),
          rowHeader: true,
          cell: ({ subject }) => <Entered>{subject}</Entered>,
        },
        {
          id: "heldOn",
          header: t("trainings.heldOn"),
          tight: true,
          cell: ({ heldOn }) => f.date(heldOn),
        },
        { id: "hours", header: t("trainings.hours"), numeric: true, cell: ({ hours }) => hours },
        {
          id: "people",
          header: t("trainings.attended"),
          numeric: true,
          cell: ({ people: count }) => f.integer(count),
        },
      ]}
    />
  );
}

/** Who of a station's people was trained how often and how long. */
export function TrainedPeople({ rows }: { rows: Trained["people"] }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <Table
      caption={t("trainings.people")}
      rows={rows}
      rowKey={({ staffId }) => staffId}
      grow
      empty={<EmptyState title={t("roster.empty")}>{t("roster.emptyHint")}</EmptyState>}
      columns={[
        { id: "name", header: t("field.name"), rowHeader: true, cell: ({ name }) => name },
        { id: "post", header: t("field.post"), cell: ({ post }) => <Entered>{post}</Entered> },
        {
          id: "times",
          header: t("trainings.times"),
          numeric: true,
          cell: ({ times }) =>
            times === 0 ? <Tag tone="warn">{t("trainings.never")}</Tag> : f.integer(times),
        },
        {
          id: "hours",
          header: t("trainings.hours"),
          numeric: true,
          cell: ({ hours }) => f.integer(hours),
        },
      ]}
    />
  );
}
