import { FINDING_RIGHTS, mayStepFinding } from "@muster/access/decide";
import { findSubject } from "@muster/db/queries/evidence/subjects";
import { eventsOf, findFinding, servesAt } from "@muster/db/queries/findings/read";
import { stepFinding } from "@muster/db/queries/findings/steps";
import { findInspection } from "@muster/db/queries/inspections/read";
import { daysOver, FINDING_ACTIONS, type FindingAction, judgesOwnAnswer } from "@muster/domain/inspection";
import { daysFrom, localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { EvidenceCard } from "~/features/evidence/evidence-card";
import { evidenceModel } from "~/features/evidence/model.server";
import { FindingFacts } from "~/features/inspections/finding-facts";
import {
  AnswerForm,
  ExtendForm,
  FindingParams,
  JudgeForm,
  UrgeForm,
  WithdrawForm,
} from "~/features/inspections/forms";
import { FINDING_TONES } from "~/features/inspections/labels";
import { settled } from "~/features/inspections/refusal.server";
import { FindingForms } from "~/features/inspections/steps-forms";
import { Story } from "~/features/inspections/story";
import { notFound } from "~/server/errors.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["inspections", "evidence"],
  menu: "/findings",
  title: (t, { finding }) => `${t("inspections:finding.title")} · ${finding.stationName}`,
  crumbs: (t, { finding }) => [
    { label: t("nav:findings"), to: "/findings" },
    { label: finding.stationName, to: `/stations/${finding.stationId}` },
    { label: t("inspections:finding.title") },
  ],
});

const route = { authorization: { action: "read", subject: "Finding" }, params: FindingParams } as const;

export const loader = read(route, ({ scoped, params: { findingId }, actor, ability, may, now }) =>
  scoped(async (tx) => {
    const row = await findFinding(tx, findingId);
    const subject = { kind: "finding", id: findingId } as const;
    const place = row && (await findSubject(tx, subject));
    if (!row || !place) throw notFound();
    const [events, serves, inspection, evidence] = await Promise.all([
      eventsOf(tx, findingId),
      servesAt(tx, actor.userId, row.stationId),
      row.inspectionId ? findInspection(tx, row.inspectionId) : null,
      evidenceModel(tx, subject, place, { actor, may, now }),
    ]);
    const steps = FINDING_ACTIONS.filter((action) => mayStepFinding(ability, actor, action, row, serves));
    const today = localDate(now);
    const { answeredById: _, ancestors, ...finding } = row;
    return {
      finding,
      // Stations above the reader's own are named and cannot be opened.
      judgedBy: ancestors.find(({ id }) => id === row.inspectorId)?.name ?? row.byStationName,
      inspection: row.inspectionId ? { id: row.inspectionId, theme: inspection?.theme ?? null } : null,
      events,
      evidence,
      steps,
      /** Why somebody who judges findings does not judge this one. */
      barred: barredBy(
        row.state === "answered" && judgesOwnAnswer("close", actor, row),
        serves,
        actor.stationId,
        row.stationId,
      ),
      over: daysOver(row, today),
      left: row.endedOn === null ? daysFrom(today, row.dueOn) : null,
      today,
    };
  }),
);

function barredBy(ownAnswer: boolean, serves: boolean, here: number, there: number) {
  if (here === there) return null;
  if (serves) return "serves" as const;
  return ownAnswer ? ("ownAnswer" as const) : null;
}

type StepContext<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof FindingParams>,
  Record<never, never>,
  z.output<F>
>;

/** One button: the role's right over this finding, then side, four eyes and state, which the command asks. */
function step<F extends z.ZodType<{ version: number }>>(
  action: FindingAction,
  form: F,
  said: (form: z.output<F>) => { text: string; dueOn?: string | null },
) {
  return {
    authorization: { action: FINDING_RIGHTS[action], subject: "Finding" as const },
    form,
    run: async ({ scoped, params, form: sent, demand, done }: StepContext<F>) => {
      const outcome = await scoped.write(async (tx) => {
        const row = await findFinding(tx, params.findingId);
        if (!row) throw notFound();
        const { stationId, path, inspectorId } = row;
        demand(FINDING_RIGHTS[action], "Finding", { stationId, path, inspectorId });
        return stepFinding(tx, { id: row.id, version: sent.version, action, ...said(sent) });
      });
      settled(outcome, Object.keys(sent));
      return done(`/findings/${params.findingId}`, `inspections:flash.${action}`);
    },
  };
}

export const action = write({
  ...route,
  intents: {
    answer: step("answer", AnswerForm, ({ measures }) => ({ text: measures })),
    close: step("close", JudgeForm, ({ seen }) => ({ text: seen })),
    send_back: step("send_back", JudgeForm, ({ seen, newDue }) => ({ text: seen, dueOn: newDue })),
    extend: step("extend", ExtendForm, ({ reason, extendTo }) => ({ text: reason, dueOn: extendTo })),
    withdraw: step("withdraw", WithdrawForm, ({ why }) => ({ text: why })),
    urge: step("urge", UrgeForm, ({ urge }) => ({ text: urge })),
  },
});

export default function FindingPage() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["inspections"]);
  const { finding, steps, barred, events, evidence, over } = model;
  return (
    <>
      <PageHeader
        title={`${t("finding.title")} · ${finding.stationName}`}
        tag={
          <>
            <Tag tone={FINDING_TONES[finding.state]}>{t(`status.${finding.state}`)}</Tag>
            {over > 0 && <Tag tone="bad">{t("over", { count: over })}</Tag>}
          </>
        }
      >
        <PrintButton />
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <FindingFacts {...model} />
          <EvidenceCard model={evidence} />
          {barred && <Notice>{t(`finding.${barred}`)}</Notice>}
          <FindingForms
            // Another state is another form.
            key={finding.version}
            data={data}
            version={finding.version}
            steps={steps}
            dueOn={finding.dueOn}
            today={model.today}
          />
        </div>
        <Story events={events} />
      </div>
    </>
  );
}
