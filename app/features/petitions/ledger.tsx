import { Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Tag } from "~/ui/tag";
import { usePageTranslate } from "~/ui/use-page";
import type { NamedTopic } from "../reception/list-view.server";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";
import { Entered } from "../staff/entered";
import { ClockCell, StateTag } from "./clock";
import type { ShownPetition } from "./ledger.server";
import { numberOf, petitionersIn } from "./petition-words";

/** The columns of the ledger of petitions. */
export function usePetitionColumns(today: string): RegisterColumn<ShownPetition>[] {
  const { t } = useTranslation(["petitions"]);
  const translate = usePageTranslate();
  const f = useFormat();
  return [
    {
      id: "subject",
      header: t("column.subject"),
      rowHeader: true,
      cell: ({ id, subject, backlog, people }) => (
        <>
          <Link
            to={`/petitions/${id}`}
            className="inline-flex min-h-target items-center no-underline hover:underline [overflow-wrap:anywhere]"
          >
            <Entered>{subject}</Entered>
          </Link>{" "}
          {backlog && <Tag tone="warn">{t("backlog")}</Tag>} {people > 1 && <Tag plain>{t("joint")}</Tag>}
        </>
      ),
    },
    {
      id: "number",
      header: t("column.number"),
      choice: "on",
      tight: true,
      cell: (line) => numberOf(line, translate),
    },
    {
      id: "petitioner",
      header: t("column.petitioner"),
      cell: ({ petitioner, people }) => <Entered>{petitionersIn(petitioner, people, translate)}</Entered>,
    },
    {
      id: "state",
      header: t("column.state"),
      tight: true,
      cell: ({ state }) => <StateTag state={state} />,
    },
    {
      id: "clock",
      header: t("column.clock"),
      cell: ({ dueOn }) => <ClockCell dueOn={dueOn} today={today} />,
    },
    {
      id: "receivedOn",
      header: t("column.receivedOn"),
      choice: "on",
      tight: true,
      named: true,
      cell: ({ receivedOn }) => f.date(receivedOn),
    },
    { id: "topic", header: t("column.topic"), choice: "on", cell: ({ topicName }) => topicName },
    {
      id: "leader",
      header: t("column.leader"),
      choice: "on",
      tight: true,
      named: true,
      cell: ({ leaderName }) => (leaderName ? <Entered>{leaderName}</Entered> : t("clock.none")),
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <Entered>{stationName}</Entered>,
    },
    {
      id: "closedOn",
      header: t("column.closedOn"),
      choice: "off",
      tight: true,
      named: true,
      cell: ({ closedOn }) => (closedOn ? f.date(closedOn) : t("clock.none")),
    },
  ];
}

/** The filters of the ledger. @param years those one may ask for, the latest first */
export function usePetitionFilters(
  topics: readonly NamedTopic[],
  years: readonly number[],
): RegisterFilter[] {
  const { t } = useTranslation(["petitions"]);
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  return [
    {
      name: "state",
      label: t("filter.state"),
      all,
      value: value("state"),
      options: (
        [
          "running",
          "settled",
          "registered",
          "accepted",
          "replied",
          "in_review",
          "reviewed",
          "in_final",
          "final",
          "referred",
          "refused",
          "withdrawn",
          "archived",
        ] as const
      ).map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
    {
      name: "mark",
      label: t("filter.mark"),
      all,
      value: value("mark"),
      options: (["overdue", "late", "backlog", "joint"] as const).map((mark) => ({
        value: mark,
        label: t(`filter.${mark}`),
      })),
    },
    {
      name: "topic",
      label: t("filter.topic"),
      all,
      value: value("topic"),
      options: topics.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      name: "year",
      label: t("filter.year"),
      all,
      value: value("year"),
      options: years.map((year) => ({ value: String(year), label: String(year) })),
    },
  ];
}

/** How the petitions stand, with the lists behind the numbers. */
export function PetitionNumbers({
  registered,
  accepted,
  reviews,
  near,
  overdue,
  backlog,
}: {
  registered: number;
  accepted: number;
  reviews: number;
  near: number;
  overdue: number;
  backlog: number;
}) {
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  return (
    <KeyNumbers>
      <KeyNumber
        label={t("summary.registered")}
        value={f.integer(registered)}
        to="/petitions?state=registered"
      />
      <KeyNumber
        label={t("summary.accepted")}
        value={f.integer(accepted)}
        note={backlog > 0 ? t("summary.backlogNote", { count: backlog }) : undefined}
        to="/petitions?state=accepted"
      />
      <KeyNumber
        label={t("summary.near")}
        value={f.integer(near)}
        note={reviews > 0 ? t("summary.reviewsNote", { count: reviews }) : undefined}
        to="/petitions?state=running"
      />
      <KeyNumber label={t("summary.overdue")} value={f.integer(overdue)} to="/petitions?mark=overdue" />
    </KeyNumbers>
  );
}
