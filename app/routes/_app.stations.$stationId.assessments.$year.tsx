import { assessmentPage, takeStep } from "@muster/db/queries/assessments/steps";
import type { AssessmentAction } from "@muster/domain/assessment";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { AssessmentForm } from "~/features/assessments/assessment-form";
import { STATUS_TONES, yearSlug } from "~/features/assessments/model";
import {
  AssessmentParams,
  pageModel,
  RIGHTS,
  refusalOfStep,
  StepForm,
  saidInForm,
} from "~/features/assessments/page.server";
import { RaiseItemForm, raisable, raiseItem } from "~/features/assessments/raise.server";
import { RaiseCard } from "~/features/assessments/raise-card";
import { localized } from "~/features/figures/model";
import { useFormat, useLocale } from "~/i18n/use-format";
import { read, type WriteContext, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["standards", "evidence", "inspections"],
  title: (t, { row }) => t("standards:page.title", { year: row.year }),
  crumbs: (t, { station, row }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("standards:station.title"), to: `/stations/${station.id}/assessments` },
    { label: yearSlug(row) },
  ],
});

const route = {
  authorization: { action: "read", subject: "Assessment" },
  params: AssessmentParams,
} as const;

export const loader = read(route, ({ scoped, params: { stationId, year }, ...reader }) =>
  scoped(async (tx) => {
    const found = await assessmentPage(tx, { stationId, ...year });
    if (!found.ok) throw refusalOfStep(found.refusal);
    const [model, fails] = await Promise.all([
      pageModel(found.value, reader),
      raisable(tx, found.value, reader, reader.actor.stationId),
    ]);
    return { ...model, fails };
  }),
);

type StepContext = WriteContext<
  typeof route.authorization,
  z.output<typeof AssessmentParams>,
  Record<never, never>,
  z.output<typeof StepForm>
>;

/** One button: the role's right, then the side and the state, which the command asks. */
const step = (action: AssessmentAction) => ({
  authorization: { action: RIGHTS[action], subject: "Assessment" as const },
  form: StepForm,
  run: async ({ scoped, params, form, demand, done }: StepContext) => {
    const key = { stationId: params.stationId, ...params.year };
    const outcome = await scoped.write(async (tx) => {
      const found = await assessmentPage(tx, key);
      if (!found.ok) throw refusalOfStep(found.refusal);
      const { id, parentId } = found.value.station;
      demand(RIGHTS[action], "Assessment", { stationId: id, reviewerId: parentId ?? 0 });
      const { version, reason } = form;
      // What is only sent back needs no value read.
      const values = action === "return" ? {} : saidInForm(found.value, form);
      return takeStep(tx, { ...key, version, action, values, reason });
    });
    if (!outcome.ok) throw refusalOfStep(outcome.refusal);
    return done(`/stations/${key.stationId}/assessments/${yearSlug(key)}`, `standards:flash.${action}`);
  },
});

export const action = write({
  ...route,
  intents: {
    save: step("save"),
    submit: step("submit"),
    return: step("return"),
    check_save: step("check_save"),
    check: step("check"),
    spot_save: step("spot_save"),
    spot_check: step("spot_check"),
    raise: {
      authorization: { action: "create", subject: "Finding" },
      form: RaiseItemForm,
      run: async ({ scoped, params, form, demand, actor, done }) => {
        const raised = await scoped.write(async (tx) => {
          const found = await assessmentPage(tx, { stationId: params.stationId, ...params.year });
          if (!found.ok) throw refusalOfStep(found.refusal);
          return raiseItem(tx, found.value, form.code, { demand }, actor.stationId);
        });
        return done(`/findings/${raised.id}`, `inspections:flash.${raised.repeated ? "known" : "raised"}`);
      },
    },
  },
});

export default function AssessmentRoute() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const raised = refusalIn(data, "raise");
  const refused = raised ? null : refusalIn(data);
  const { t } = useTranslation(["standards"]);
  const f = useFormat();
  const locale = useLocale();
  const { row, station } = model;
  const done = [
    ["submitted", row.submittedBy, row.submittedAt],
    ["checked", row.checkedBy, row.checkedAt],
    ["spot", row.spotCheckedBy, row.spotCheckedAt],
  ] as const;
  const title =
    row.round === 1
      ? t("page.title", { year: row.year })
      : t("page.round", { year: row.year, round: row.round });
  return (
    <>
      <PageHeader
        title={`${station.name} · ${title}`}
        note={[
          t("page.judgedBy", { set: localized(model.setName, locale) }),
          ...done.flatMap(([key, name, at]) =>
            name && at ? [t(`page.${key}`, { name, at: f.dateTime(at) })] : [],
          ),
        ].join(" · ")}
        tag={<Tag tone={STATUS_TONES[row.status]}>{t(`status.${row.status}`)}</Tag>}
      />
      {row.status === "returned" && row.returnReason && (
        <Notice tone="warn" title={t("page.returned")} className="mb-3">
          <p className="m-0" lang="zh-CN">
            {row.returnReason}
          </p>
        </Notice>
      )}
      {model.fails && <RaiseCard items={model.fails} refused={raised} />}
      {/* Another state is another form: what was typed for the last one is not its start. */}
      <AssessmentForm key={`${row.status} ${row.version}`} model={model} refused={refused} />
    </>
  );
}
