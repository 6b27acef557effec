import { type CaseWrite, stepCase, tickMaterials } from "@muster/db/queries/assistance/steps";
import type { CaseAction } from "@muster/domain/assistance";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { caseInScope, caseModel } from "~/features/assistance/case.server";
import {
  FactsCard,
  MaterialsCard,
  OthersCard,
  PhotosCard,
  Standing,
  StoryCard,
} from "~/features/assistance/case-cards";
import {
  CaseParams,
  GrantForm,
  MaterialsForm,
  PayForm,
  RefuseForm,
  SilentForm,
  SpokenForm,
} from "~/features/assistance/forms";
import { CASE_TONES } from "~/features/assistance/labels";
import { settled } from "~/features/assistance/refusal.server";
import { StepForms } from "~/features/assistance/step-forms";
import { translate } from "~/i18n/i18n.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import { Tag } from "~/ui/tag";

const route = { authorization: { action: "read", subject: "Assistance" }, params: CaseParams } as const;
const update = { action: "update", subject: "Assistance" } as const;

export const handle = page<typeof loader>({
  i18n: ["assistance", "evidence"],
  menu: "/assistance",
  title: (t, { case: row }) => t("assistance:number", { ...row, station: row.stationName }),
  crumbs: (t, { case: row }) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: t("assistance:number", { ...row, station: row.stationName }) },
  ],
});

export const loader = read(route, ({ scoped, params, ...reader }) =>
  scoped((tx) => caseModel(tx, params.caseId, reader)),
);

type Step<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof CaseParams>,
  Record<never, never>,
  z.output<F>
>;

/** One button: the role's right over this case, then seat, state, four eyes and demands, which the command asks. */
function step<F extends z.ZodType<Omit<CaseWrite, "id" | "action">>>(action: CaseAction, form: F) {
  return {
    authorization: update,
    form,
    run: async ({ scoped, params: { caseId: id }, form: sent, demand, locale, done }: Step<F>) => {
      const outcome = await scoped.write(async (tx) => {
        const { stationId, path } = await caseInScope(tx, id);
        demand("update", "Assistance", { stationId, path });
        return stepCase(tx, keyring(), { ...sent, id, action });
      });
      settled(outcome, locale, Object.keys(sent));
      return done(`/assistance/${id}`, "assistance:flash.step", {
        action: translate(locale)(`assistance:action.${action}`),
      });
    },
  };
}

export const action = write({
  ...route,
  intents: {
    materials: {
      authorization: update,
      form: MaterialsForm,
      run: async ({ scoped, params: { caseId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const { stationId, path } = await caseInScope(tx, id);
          demand("update", "Assistance", { stationId, path });
          return tickMaterials(tx, { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/assistance/${id}`, "assistance:flash.materials");
      },
    },
    verify: step("verify", SpokenForm),
    pass: step("pass", SilentForm),
    send_back: step("send_back", SpokenForm),
    clear: step("clear", SilentForm),
    object: step("object", SpokenForm),
    approve: step("approve", GrantForm),
    pay: step("pay", PayForm),
    advance: step("advance", GrantForm),
    complete: step("complete", SilentForm),
    confirm: step("confirm", SilentForm),
    follow_up: step("follow_up", SpokenForm),
    refuse: step("refuse", RefuseForm),
    appeal: step("appeal", SpokenForm),
    uphold: step("uphold", SpokenForm),
    reopen: step("reopen", SpokenForm),
    withdraw: step("withdraw", SpokenForm),
  },
});

export default function CasePage() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["assistance"]);
  const { case: row, steps, today, typeName } = model;
  // Whoever goes to somebody's home takes the photo first and then says what they saw.
  const atHome = row.state === "verify" || row.state === "second_check";
  return (
    <>
      <PageHeader
        title={
          <>
            <span lang="zh-CN">{row.personName}</span> · {typeName}
          </>
        }
        note={t("number", { station: row.stationName, year: row.year, number: row.number })}
        tag={<Tag tone={CASE_TONES[row.state]}>{t(`state.${row.state}`)}</Tag>}
      >
        <PrintButton />
      </PageHeader>
      <Standing model={model} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          {atHome && <PhotosCard model={model} />}
          <StepForms
            // Another state is another form.
            key={row.version}
            data={data}
            version={row.version}
            state={row.state}
            steps={steps}
            publicUntil={row.publicUntil}
            today={today}
          />
          <MaterialsCard model={model} refused={refusalIn(data, "materials")} />
          {!atHome && <PhotosCard model={model} />}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <FactsCard model={model} />
          <StoryCard model={model} />
          <OthersCard model={model} />
        </div>
      </div>
    </>
  );
}
