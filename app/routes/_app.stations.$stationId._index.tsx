import { mayAny } from "@muster/access/ability";
import { listFindings } from "@muster/db/queries/findings/read";
import { stationPage } from "@muster/db/queries/stations/page";
import { UNSETTLED } from "@muster/domain/inspection";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { EvidenceCard } from "~/features/evidence/evidence-card";
import { evidenceModel } from "~/features/evidence/model.server";
import { lineOf } from "~/features/inspections/finding-lines.server";
import { FindingsCard } from "~/features/inspections/station-card";
import { rightsOn } from "~/features/stations/access.server";
import { StationParams } from "~/features/stations/forms";
import { HistoryCard } from "~/features/stations/history";
import { ancestry, stateOf } from "~/features/stations/labels";
import { PremisesCard } from "~/features/stations/premises-card";
import { StationActions } from "~/features/stations/station-actions";
import { FactsCard, InfoCard, PeopleCard, ReportsCard } from "~/features/stations/station-cards";
import { TreeTable } from "~/features/stations/tree-table";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["stations", "standards", "evidence", "inspections"],
  title: (_, { station }) => station.station.name,
  crumbs: (t, { station: { station }, scopeDepth }) => [
    { label: t("nav:stations"), to: "/stations" },
    // Stations above the reader's own are named on the page and cannot be opened.
    ...station.ancestors
      .slice(scopeDepth)
      .map((ancestor) => ({ label: ancestor.name, to: `/stations/${ancestor.id}` })),
    { label: station.name },
  ],
});

/** The card shows the first to fall due; the ledger has all. */
const MOST_FINDINGS = 5;

export const loader = read(
  { authorization: { action: "read", subject: "Station" }, params: StationParams },
  async ({ scoped, params, actor, ability, may, now }) => {
    const { station, evidence, found } = await scoped(async (tx) => {
      const station = await stationPage(tx, params.stationId);
      if (!station) throw notFound();
      const { id, path, closedOn } = station.station;
      const subject = { kind: "station", id: String(id) } as const;
      const place = { stationId: id, path, open: closedOn === null };
      const reads = mayAny(ability, "read", "Evidence");
      return {
        station,
        found:
          mayAny(ability, "read", "Finding") && station.station.level !== "city"
            ? await listFindings(tx, { within: path, states: UNSETTLED, limit: MOST_FINDINGS })
            : null,
        evidence: reads ? await evidenceModel(tx, subject, place, { actor, may, now }) : null,
      };
    });
    const { id, path, closedOn } = station.station;
    return {
      station,
      evidence,
      findings: found && {
        stationId: id,
        findings: found.rows.map((row) => lineOf(row, localDate(now))),
        total: found.total,
        adds:
          closedOn === null &&
          may("create", "Finding", { stationId: id, path, inspectorId: actor.stationId }),
      },
      rights: rightsOn(station.station, { may }, actor.path),
      // An auditor reads stations, not people and figures.
      shows: {
        people: mayAny(ability, "read", "Membership"),
        staff: mayAny(ability, "read", "Staff"),
        reports: mayAny(ability, "read", "MonthlyReport") && station.station.level !== "city",
      },
      scopeDepth: actor.path.split("/").filter(Boolean).length,
    };
  },
);

export default function StationRoute() {
  const { station: data, evidence, findings, rights, shows } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["stations", "standards"]);
  const { station, children, events } = data;
  const state = stateOf(station);
  const manages = station.level !== "village" || children.length > 0;
  const history = <HistoryCard events={events} />;
  return (
    <>
      <PageHeader
        title={station.name}
        note={ancestry(station.ancestors)}
        tag={<Tag tone={state.tone}>{t(state.key)}</Tag>}
      >
        {shows.reports && <LinkButton to="assessments">{t("standards:station.link")}</LinkButton>}
        <StationActions rights={rights} staff={shows.staff} />
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <InfoCard page={data} edit={rights.edit} />
          {station.level !== "city" && <FactsCard page={data} edit={rights.facts} />}
          {station.level !== "city" && <PremisesCard page={data} edit={rights.facts} />}
          {manages && (
            <Card title={t("children.title")} flush>
              {children.length === 0 ? (
                <EmptyState title={t("children.empty")} />
              ) : (
                <TreeTable
                  flat
                  lines={children.map((child) => ({
                    ...child,
                    ancestors: [],
                    depth: 0,
                    toggle: null,
                    unfolded: false,
                  }))}
                />
              )}
            </Card>
          )}
          {evidence && <EvidenceCard model={evidence} />}
          {!manages && history}
        </div>
        <div className="grid min-w-0 gap-4">
          {shows.people && <PeopleCard people={data.people} />}
          {findings && <FindingsCard {...findings} />}
          {shows.reports && <ReportsCard stationId={station.id} reports={data.reports} />}
          {manages && history}
        </div>
      </div>
    </>
  );
}
