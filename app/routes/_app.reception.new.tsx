import { findPerson } from "@muster/db/queries/people/row";
import { findKnowledge } from "@muster/db/queries/reception/knowledge";
import { frequentTopics } from "@muster/db/queries/reception/list";
import { logReception, recordNamed } from "@muster/db/queries/reception/log";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { findStation } from "@muster/db/queries/stations/row";
import { newId } from "@muster/db/scope";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { NewReceptionForm, Uuid } from "~/features/reception/forms";
import { namedTopics } from "~/features/reception/list-view.server";
import { NewEntryForm } from "~/features/reception/new-entry";
import { settled } from "~/features/reception/refusal.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = {
  authorization: { action: "create", subject: "Reception" },
  search: z.object({
    person: Uuid.optional().catch(undefined),
    knowledge: Uuid.optional().catch(undefined),
  }),
} as const;

export const handle = page<typeof loader>({
  i18n: ["reception"],
  menu: "/reception",
  title: (t) => t("reception:new.title"),
  crumbs: (t) => [{ label: t("reception:title"), to: "/reception" }, { label: t("reception:new.title") }],
});

/** Tiles before the others are folded away. */
const TILES = 8;

export const loader = read(route, ({ scoped, search, now, locale, actor }) =>
  scoped(async (tx) => {
    const [topics, frequent, station, person, known] = await Promise.all([
      topicsOf(tx),
      frequentTopics(tx, actor.stationId),
      findStation(tx, actor.stationId),
      search.person ? findPerson(tx, search.person) : null,
      search.knowledge ? findKnowledge(tx, search.knowledge) : null,
    ]);
    const named = namedTopics(topics, locale).filter(({ retired }) => !retired);
    const rank = (code: string) => (frequent.includes(code) ? frequent.indexOf(code) : TILES);
    const ordered = named
      .map((topic, place) => ({ topic, place }))
      .sort((a, b) => rank(a.topic.code) - rank(b.topic.code) || a.place - b.place)
      .map(({ topic }) => topic);
    return {
      requestKey: newId(),
      topics: ordered.slice(0, TILES),
      others: ordered.slice(TILES),
      above: station?.ancestors.at(-1)?.name ?? null,
      person: person ? { id: person.id, name: person.name } : null,
      known: known && { topic: known.topic, question: known.question, answer: known.answer },
      today: localDate(now),
    };
  }),
);

type SaveContext = WriteContext<
  typeof route.authorization,
  unknown,
  z.output<typeof route.search>,
  z.output<typeof NewReceptionForm>
>;

async function save({ scoped, form: { person, ...form } }: Pick<SaveContext, "scoped" | "form">) {
  const outcome = await scoped.write(async (tx) => {
    const name = form.visitor.trim();
    const recordId = person ?? (name ? await recordNamed(tx, name) : null);
    return logReception(tx, keyring(), { ...form, recordId });
  });
  return settled(outcome, Object.keys(NewReceptionForm.shape));
}

export const action = write({
  ...route,
  intents: {
    save: {
      form: NewReceptionForm,
      run: async ({ scoped, form, done }) => {
        const { id, repeated } = await save({ scoped, form });
        return done(`/reception/${id}`, repeated ? "reception:flash.again" : "reception:flash.logged");
      },
    },
    next: {
      form: NewReceptionForm,
      run: async ({ scoped, form, done }) => {
        const { repeated } = await save({ scoped, form });
        return done("/reception/new", repeated ? "reception:flash.again" : "reception:flash.logged");
      },
    },
  },
});

export default function NewReception() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["reception"]);
  return (
    <>
      <PageHeader title={t("new.title")} note={t("new.note")}>
        <LinkButton to="/reception/knowledge">{t("action.knowledge")}</LinkButton>
      </PageHeader>
      <div className="max-w-3xl">
        <NewEntryForm key={model.requestKey} {...model} refused={refusalIn(data)} />
      </div>
    </>
  );
}
