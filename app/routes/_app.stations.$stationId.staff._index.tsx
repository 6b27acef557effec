import { staffMeasures } from "@muster/db/queries/staff/measures";
import { coverOf, leadersOf, postsOf } from "@muster/db/queries/staff/posts";
import { rosterOn, rostersBelow } from "@muster/db/queries/staff/row";
import { localDate } from "@muster/domain/period";
import { EMPLOYMENTS } from "@muster/domain/staff";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationOf } from "~/features/staff/access.server";
import { RosterSearch } from "~/features/staff/forms";
import { RosterTable } from "~/features/staff/roster-table";
import { CoverCard, GroupCard, MeasureNumbers, PostsCard } from "~/features/staff/staff-cards";
import { StationParams } from "~/features/stations/forms";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { DateInput, Select, TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { FilterBar } from "~/ui/toolbar";

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t, { station }) => `${station.name} · ${t("staff:title")}`,
  crumbs: (t, { station }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title") },
  ],
});

/** Rows of one page of a city's rosters; whoever needs more asks town by town or takes the file. */
const MOST_ROWS = 500;

export const loader = read(
  {
    authorization: { action: "read", subject: "Staff" },
    params: StationParams,
    search: RosterSearch,
  },
  ({ scoped, params, search, now, may }) =>
    scoped(async (tx) => {
      const row = await stationOf(tx, params.stationId);
      const today = localDate(now);
      const on = search.on && search.on < today ? search.on : today;
      const lines = search.below
        ? await rostersBelow(tx, row.path, on, MOST_ROWS)
        : await rosterOn(tx, row.id, on);
      const shown = lines.filter(
        ({ name, post, phone, employment }) =>
          (!search.employment || employment === search.employment) &&
          (search.q === "" || [name, post, phone].some((text) => text.includes(search.q))),
      );
      const [measures, posts, leaders, cover] = await Promise.all([
        staffMeasures(tx, [row.id], on),
        postsOf(tx, row.id),
        leadersOf(tx, row.id),
        coverOf(tx, row.id, on),
      ]);
      return {
        station: headOf(row),
        today,
        on,
        search: { q: search.q, employment: search.employment ?? "", below: search.below ?? "" },
        lines: shown,
        total: lines.length,
        cut: lines.length === MOST_ROWS,
        measures: measures.get(row.id) ?? null,
        posts: posts.find(({ validFrom }) => validFrom <= on) ?? null,
        leaders: leaders.filter(({ validFrom, validTo }) => validFrom <= on && (!validTo || validTo > on)),
        cover,
        update: may("update", "Staff", { stationId: row.id }) && row.closedOn === null,
      };
    }),
);

export default function Roster() {
  const { station, today, on, search, lines, total, cut, measures, posts, leaders, cover, update } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const below = search.below === "1";
  const manages = station.level !== "village";
  const caption = t(below ? "roster.below" : "roster.own", { date: f.date(on), count: total });
  return (
    <>
      <PageHeader title={`${station.name} · ${t("title")}`} note={t("note")}>
        <LinkButton to={`/stations/${station.id}/staffing`}>{t("ratio.link")}</LinkButton>
        <LinkButton to={`/stations/${station.id}/trainings`}>{t("trainings.title")}</LinkButton>
        <LinkButton to={`export?on=${on}${below ? "&below=1" : ""}`} reloadDocument>
          {t("action.export")}
        </LinkButton>
        {update && <LinkButton to="import">{t("action.import")}</LinkButton>}
        {update && (
          <LinkButton to="new" tone="primary">
            {t("action.add")}
          </LinkButton>
        )}
      </PageHeader>
      {measures && <MeasureNumbers stationId={station.id} measures={measures} manages={manages} />}
      <div className="mb-3">
        <FilterBar label={t("filter.label")}>
          <Field id="on" label={t("filter.on")}>
            {(control) => <DateInput {...control} name="on" max={today} defaultValue={on} />}
          </Field>
          <Field id="employment" label={t("field.employment")}>
            {(control) => (
              <Select
                {...control}
                name="employment"
                placeholder={t("filter.all")}
                defaultValue={search.employment}
                options={EMPLOYMENTS.map((value) => ({ value, label: t(`employment.${value}`) }))}
              />
            )}
          </Field>
          {manages && (
            <Field id="below" label={t("filter.below")}>
              {(control) => (
                <Select
                  {...control}
                  name="below"
                  placeholder={t("filter.own")}
                  defaultValue={search.below}
                  options={[{ value: "1", label: t("filter.subtree") }]}
                />
              )}
            </Field>
          )}
          <Field id="q" label={t("filter.q")}>
            {(control) => <TextInput {...control} name="q" maxLength={30} defaultValue={search.q} />}
          </Field>
        </FilterBar>
      </div>
      <Card title={caption} flush className="mb-4">
        <RosterTable lines={lines} below={below} caption={caption} />
        {cut && <p className="m-0 px-4 py-2 text-sm text-ink-3">{t("roster.cut", { count: total })}</p>}
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PostsCard posts={posts} update={update} />
        {manages && <GroupCard leaders={leaders} update={update} />}
        {manages && <CoverCard cover={cover} />}
      </div>
    </>
  );
}
