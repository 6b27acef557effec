import { PETITION_RIGHTS } from "@muster/access/decide";
import { findPetition } from "@muster/db/queries/petitions/read";
import { type PetitionWrite, revealPetitioners, stepPetition } from "@muster/db/queries/petitions/steps";
import type { PetitionAction } from "@muster/domain/petition";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { ClockTag, StateTag } from "~/features/petitions/clock";
import {
  ButtonForm,
  FlagForm,
  LeadForm,
  PetitionParams,
  RevealForm,
  StepForm,
  TimeForm,
} from "~/features/petitions/forms";
import { petitionModel } from "~/features/petitions/petition.server";
import {
  ClockCard,
  MatterCard,
  NoticesCard,
  PeopleCard,
  PetitionStory,
  revealedIn,
} from "~/features/petitions/petition-cards";
import { PetitionForms } from "~/features/petitions/petition-steps";
import { numberOf } from "~/features/petitions/petition-words";
import { settled } from "~/features/reception/refusal.server";
import { Entered } from "~/features/staff/entered";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import { Tag } from "~/ui/tag";
import { usePageTranslate } from "~/ui/use-page";

export const handle = page<typeof loader>({
  i18n: ["petitions", "reception", "people"],
  menu: "/petitions",
  title: (t, { petition }) => numberOf(petition, t),
  crumbs: (t, { petition }) => [
    { label: t("petitions:title"), to: "/petitions" },
    { label: numberOf(petition, t) },
  ],
});

const route = { authorization: { action: "read", subject: "Petition" }, params: PetitionParams } as const;

export const loader = read(route, ({ scoped, params: { petitionId }, ...reader }) =>
  scoped((tx) => petitionModel(tx, petitionId, reader)),
);

type StepContext<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof PetitionParams>,
  Record<never, never>,
  z.output<F>
>;

/** One button: the role's right over this petition, then side, four eyes and state, which the command asks. */
function step<F extends z.ZodType<{ version: number }>>(
  action: PetitionAction,
  form: F,
  said: (form: z.output<F>) => Omit<PetitionWrite, "id" | "version" | "action">,
) {
  const right = PETITION_RIGHTS[action];
  return {
    authorization: { action: right, subject: "Petition" as const },
    form,
    run: async ({ scoped, params: { petitionId: id }, form: sent, demand, done }: StepContext<F>) => {
      const outcome = await scoped.write(async (tx) => {
        const row = await findPetition(tx, id);
        if (!row) throw notFound();
        const { stationId, path } = row;
        demand(right, "Petition", { stationId, path });
        return stepPetition(tx, { id, version: sent.version, action, ...said(sent) });
      });
      settled(outcome, Object.keys(sent));
      return done(`/petitions/${id}`, `petitions:flash.${action}`);
    },
  };
}

/** A step with words and a day. */
const told = (action: PetitionAction) => step(action, StepForm, ({ text, on }) => ({ text, on }));

export const action = write({
  ...route,
  intents: {
    accept: told("accept"),
    refer: told("refer"),
    refuse: told("refuse"),
    withdraw: told("withdraw"),
    record: told("record"),
    reply: told("reply"),
    follow_up: told("follow_up"),
    ask_review: told("ask_review"),
    answer_review: told("answer_review"),
    ask_final: told("ask_final"),
    answer_final: told("answer_final"),
    archive: told("archive"),
    deny_time: told("deny_time"),
    urge: told("urge"),
    grant_time: step("grant_time", ButtonForm, () => ({ text: "" })),
    lead: step("lead", LeadForm, ({ leaderId }) => ({ text: "", leaderId })),
    flag: step("flag", FlagForm, ({ text, backlog }) => ({ text, backlog: backlog === "yes" })),
    ask_time: step("ask_time", TimeForm, ({ text, days }) => ({ text, days })),
    reveal: {
      authorization: { action: "reveal", subject: "Petition" },
      form: RevealForm,
      run: async ({ scoped, params: { petitionId: id }, form, demand }) => {
        const outcome = await scoped.write(async (tx) => {
          const row = await findPetition(tx, id);
          if (!row) throw notFound();
          const { stationId, path } = row;
          demand("reveal", "Petition", { stationId, path });
          return revealPetitioners(tx, keyring(), { id, ...form });
        });
        return { ok: true as const, petitioners: settled(outcome) };
      },
    },
  },
});

export default function PetitionPage() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["petitions"]);
  const translate = usePageTranslate();
  const { petition, clock, today } = model;
  return (
    <>
      <PageHeader
        title={numberOf(petition, translate)}
        note={<Entered>{petition.subject}</Entered>}
        tag={
          <>
            <StateTag state={petition.state} />
            {clock && <ClockTag dueOn={clock.dueOn} today={today} />}
            {petition.backlog && <Tag tone="warn">{t("backlog")}</Tag>}
          </>
        }
      >
        <PrintButton />
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <ClockCard {...model} />
          <MatterCard {...model} />
          <PetitionForms key={petition.version} data={data} {...model} />
          <PeopleCard
            petitioners={revealedIn(data) ?? model.petitioners}
            people={petition.people}
            reveal={model.rights.reveal && revealedIn(data) === null}
          />
        </div>
        <div className="grid min-w-0 gap-4">
          <NoticesCard id={petition.id} notices={model.notices} />
          <PetitionStory events={model.events} />
        </div>
      </div>
    </>
  );
}
