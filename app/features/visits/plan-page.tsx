import type { SerializeFrom } from "@remix-run/node";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { ProgressBar } from "~/ui/meter";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import type { planModel } from "./plan.server";
import { AddToPlan, PlanTable } from "./plan-table";

type PlanModel = SerializeFrom<Awaited<ReturnType<typeof planModel>>>;

/** A festival's plan: who is to be seen by whom, and how far it is. @param data what an action answered */
export function PlanPage({ model, data }: { model: PlanModel; data: unknown }) {
  const { plan, people, workers, keeps, today } = model;
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  return (
    <>
      <PageHeader
        title={t("plan.name", {
          festival: t(`festival.${plan.festival}`),
          year: plan.festivalOn.slice(0, 4),
        })}
        note={
          <>
            <span lang="zh-CN">{plan.stationName}</span> · {f.date(plan.festivalOn)}
            {plan.gift > 0 && ` · ${t("plan.gift")} ${f.money(plan.gift)}`}
          </>
        }
      >
        <PrintButton />
      </PageHeader>
      <div className="mb-4 grid gap-1">
        <p className="m-0 font-semibold">
          {t("plan.progress", { visited: plan.visited, people: plan.people })}
        </p>
        <ProgressBar
          label={t("plan.progress", { visited: plan.visited, people: plan.people })}
          share={plan.people === 0 ? 0 : plan.visited / plan.people}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <PlanTable people={people} workers={workers} keeps={keeps} data={data} />
        {keeps && <AddToPlan data={data} today={today} />}
      </div>
    </>
  );
}
