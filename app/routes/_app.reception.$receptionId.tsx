import { mayStepReception, RECEPTION_RIGHTS } from "@muster/access/decide";
import { publishKnowledge } from "@muster/db/queries/reception/knowledge";
import { findReception, revealVisitor, stepReception } from "@muster/db/queries/reception/log";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { localDate } from "@muster/domain/period";
import { RECEPTION_ACTIONS, type ReceptionAction } from "@muster/domain/reception";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { EntryFacts, EntryStory, openedPhone } from "~/features/reception/entry-facts";
import { EntryForms } from "~/features/reception/entry-steps";
import {
  AnswerForm,
  PublishForm,
  ReasonForm,
  ReceptionParams,
  ReplyForm,
  RevealForm,
  VersionForm,
} from "~/features/reception/forms";
import { namedTopics, shownEntry } from "~/features/reception/list-view.server";
import { StateTag } from "~/features/reception/reception-list";
import { settled } from "~/features/reception/refusal.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["reception", "people"],
  menu: "/reception",
  title: (t) => t("reception:page.title"),
  crumbs: (t) => [{ label: t("reception:title"), to: "/reception" }, { label: t("reception:page.title") }],
});

const route = { authorization: { action: "read", subject: "Reception" }, params: ReceptionParams } as const;

export const loader = read(route, ({ scoped, params, actor, ability, may, now, locale }) =>
  scoped(async (tx) => {
    const row = await findReception(tx, params.receptionId);
    if (!row) throw notFound();
    const entry = shownEntry(row, keyring(), tx.scope.cityId, locale);
    const steps = RECEPTION_ACTIONS.filter((action) => mayStepReception(ability, actor, action, row));
    const above = row.ancestors.at(-1)?.name ?? null;
    const asked = row.ancestors.findIndex(({ id }) => id === row.askedStationId);
    const topics = namedTopics(await topicsOf(tx), locale);
    const { stationId, path } = row;
    return {
      entry,
      // Passing up needs somebody above: the station, or the one that was asked.
      steps: steps.filter(
        (step) => (step !== "pass_up" || above !== null) && (step !== "pass_on" || asked > 0),
      ),
      above,
      publish:
        row.state === "answered" &&
        row.knowledgeId === null &&
        may("create", "Knowledge", { stationId: actor.stationId })
          ? topics.filter(({ retired }) => !retired)
          : null,
      rights: {
        reveal: may("reveal", "Reception", { stationId, path }),
        petition: may("create", "Petition", { stationId, path }) && row.state !== "void",
        petitions: may("read", "Petition", { stationId, path }),
        assistance: may("create", "Assistance", { stationId, path }) && row.state !== "void",
        cases: may("read", "Assistance", { stationId, path }),
        people: may("read", "Person", { stationId, path }),
      },
      today: localDate(now),
    };
  }),
);

type StepContext<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof ReceptionParams>,
  Record<never, never>,
  z.output<F>
>;

/** One button: the role's right over this entry, then side and state, which the command asks. */
function step<F extends z.ZodType<{ version: number }>>(
  action: ReceptionAction,
  form: F,
  said: (form: z.output<F>) => string,
) {
  return {
    authorization: { action: RECEPTION_RIGHTS[action], subject: "Reception" as const },
    form,
    run: async ({ scoped, params: { receptionId: id }, form: sent, demand, done }: StepContext<F>) => {
      const outcome = await scoped.write(async (tx) => {
        const row = await findReception(tx, id);
        if (!row) throw notFound();
        const { stationId, path } = row;
        demand(RECEPTION_RIGHTS[action], "Reception", { stationId, path });
        return stepReception(tx, { id, version: sent.version, action, text: said(sent) });
      });
      settled(outcome, Object.keys(sent));
      return done(`/reception/${id}`, `reception:flash.${action}`);
    },
  };
}

export const action = write({
  ...route,
  intents: {
    answer: step("answer", AnswerForm, ({ answer }) => answer),
    pass_up: step("pass_up", VersionForm, () => ""),
    take_back: step("take_back", VersionForm, () => ""),
    reply: step("reply", ReplyForm, ({ reply }) => reply),
    pass_on: step("pass_on", VersionForm, () => ""),
    reopen: step("reopen", ReasonForm, ({ reason }) => reason),
    strike: step("strike", ReasonForm, ({ reason }) => reason),
    publish: {
      authorization: { action: "create", subject: "Knowledge" },
      form: PublishForm,
      run: async ({ scoped, params: { receptionId }, form, done }) => {
        const { topic, knowledgeQuestion: question, knowledgeAnswer: answer } = form;
        const outcome = await scoped.write((tx) =>
          publishKnowledge(tx, { topic, question, answer, receptionId }),
        );
        settled(outcome, Object.keys(form));
        return done("/reception/knowledge", "reception:flash.published");
      },
    },
    reveal: {
      authorization: { action: "reveal", subject: "Reception" },
      form: RevealForm,
      run: async ({ scoped, params: { receptionId: id }, form, demand }) => {
        const outcome = await scoped.write(async (tx) => {
          const row = await findReception(tx, id);
          if (!row) throw notFound();
          const { stationId, path } = row;
          demand("reveal", "Reception", { stationId, path });
          return revealVisitor(tx, keyring(), { id, ...form });
        });
        return { ok: true as const, ...settled(outcome) };
      },
    },
  },
});

export default function ReceptionEntry() {
  const { entry, steps, above, publish, rights } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["reception"]);
  return (
    <>
      <PageHeader title={t("page.title")} tag={<StateTag entry={entry} />} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <EntryFacts entry={entry} rights={rights} phone={openedPhone(data)} />
          <EntryForms
            key={entry.version}
            data={data}
            entry={entry}
            steps={steps}
            above={above}
            publish={publish}
          />
        </div>
        <EntryStory entry={entry} />
      </div>
    </>
  );
}
