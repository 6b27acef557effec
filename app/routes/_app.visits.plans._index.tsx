import { festivalsAround } from "@muster/db/queries/visits/festivals";
import { makePlan, plansBelow } from "@muster/db/queries/visits/plans";
import { localDate } from "@muster/domain/period";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { stationToLog } from "~/features/visits/access.server";
import { NewPlanForm } from "~/features/visits/forms";
import { settled } from "~/features/visits/refusal.server";
import { VisitsTabs } from "~/features/visits/visits-tabs";
import { useFormat } from "~/i18n/use-format";
import { unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { NumberInput } from "~/ui/input";
import { ProgressBar } from "~/ui/meter";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";

export const handle = page({
  i18n: ["visits"],
  menu: "/visits",
  title: (t) => t("visits:plan.title"),
  crumbs: (t) => [{ label: t("visits:title"), to: "/visits" }, { label: t("visits:plan.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Visit" } },
  ({ scoped, actor, may, now }) =>
    scoped(async (tx) => {
      const plans = await plansBelow(tx, tx.scope.path);
      const mine = new Set(
        plans.filter(({ stationId }) => stationId === actor.stationId).map(({ festivalOn }) => festivalOn),
      );
      const here = { stationId: actor.stationId, path: actor.path };
      return {
        plans,
        festivals: may("create", "Visit", here)
          ? festivalsAround(localDate(now)).filter(({ on }) => !mine.has(on))
          : [],
      };
    }),
);

export const action = write(
  { authorization: { action: "create", subject: "Visit" }, form: NewPlanForm },
  async ({ scoped, form: { festival, gift }, actor, now, demand, locale, done }) => {
    const on = festivalsAround(localDate(now)).find((each) => each.festival === festival)?.on;
    if (!on) throw unprocessable("visits:refusal.not_found");
    const outcome = await scoped.write(async (tx) => {
      const { id: stationId } = await stationToLog(tx, actor.stationId, { demand });
      return makePlan(tx, { stationId, festival, on, gift });
    });
    const { id } = settled(outcome, locale, ["festival", "gift"]);
    return done(`/visits/plans/${id}`, "visits:flash.planned");
  },
);

export default function VisitPlans() {
  const { plans, festivals } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const festival = fieldOf(refused, "festival", festivals[0]?.festival);
  const gift = fieldOf(refused, "gift");
  const nameOf = (plan: { festival: "spring" | "army" | "national"; on: string }) =>
    t("plan.name", { festival: t(`festival.${plan.festival}`), year: plan.on.slice(0, 4) });
  return (
    <>
      <PageHeader title={t("plan.title")} note={t("plan.note")} />
      <VisitsTabs />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {festivals.length > 0 && (
          <Card title={t("plan.new")}>
            <Form method="post" className="grid gap-4" noValidate>
              <FormErrors refused={refused} fields={{ gift: { label: t("plan.gift"), id: "gift" } }} />
              <RadioGroup
                name="festival"
                legend={t("plan.festival")}
                defaultValue={festival.defaultValue}
                error={festival.error}
                options={festivals.map((each) => ({
                  value: each.festival,
                  label: nameOf(each),
                  hint: f.date(each.on),
                }))}
              />
              <Field id="gift" label={t("plan.gift")} error={gift.error} className="max-w-xs">
                {(control) => (
                  <NumberInput {...control} name="gift" maxLength={6} defaultValue={gift.defaultValue} />
                )}
              </Field>
              <div>
                <SubmitButton>{t("plan.make")}</SubmitButton>
              </div>
            </Form>
          </Card>
        )}
        <Card flush>
          <Table
            caption={t("plan.caption")}
            rows={plans}
            rowKey={({ id }) => id}
            stacked
            empty={<EmptyState title={t("plan.empty")}>{t("plan.emptyHint")}</EmptyState>}
            columns={[
              {
                id: "festival",
                header: t("column.festival"),
                rowHeader: true,
                cell: ({ id, festival: which, festivalOn: on }) => (
                  <Link
                    to={`/visits/plans/${id}`}
                    className="inline-flex min-h-target items-center font-semibold"
                  >
                    {nameOf({ festival: which, on })}
                  </Link>
                ),
              },
              {
                id: "heldOn",
                header: t("column.heldOn"),
                tight: true,
                cell: ({ festivalOn }) => f.date(festivalOn),
              },
              {
                id: "station",
                header: t("column.station"),
                cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
              },
              {
                id: "progress",
                header: t("column.progress"),
                cell: (plan) => (
                  <span className="grid min-w-40 gap-1">
                    {t("plan.progress", plan)}
                    <ProgressBar
                      label={t("plan.progress", plan)}
                      share={plan.people === 0 ? 0 : plan.visited / plan.people}
                    />
                  </span>
                ),
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
