import { findPerson, openBasics } from "@muster/db/queries/people/row";
import { limitsOf } from "@muster/db/queries/petitions/limits";
import { registerPetition } from "@muster/db/queries/petitions/steps";
import { findReception, recordNamed } from "@muster/db/queries/reception/log";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { newId } from "@muster/db/scope";
import { localDate } from "@muster/domain/period";
import { limitsOn } from "@muster/domain/petition";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { NewPetitionForm, PLACES } from "~/features/petitions/forms";
import { PetitionFields } from "~/features/petitions/new-petition";
import { Uuid } from "~/features/reception/forms";
import { namedTopics, shownEntry } from "~/features/reception/list-view.server";
import { settled } from "~/features/reception/refusal.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = {
  authorization: { action: "create", subject: "Petition" },
  search: z.object({
    reception: Uuid.optional().catch(undefined),
    person: Uuid.optional().catch(undefined),
  }),
} as const;

export const handle = page<typeof loader>({
  i18n: ["petitions", "reception"],
  menu: "/petitions",
  title: (t) => t("petitions:new.title"),
  crumbs: (t) => [{ label: t("petitions:title"), to: "/petitions" }, { label: t("petitions:new.title") }],
});

export const loader = read(route, ({ scoped, search, now, locale }) =>
  scoped(async (tx) => {
    const entry = search.reception ? await findReception(tx, search.reception) : null;
    if (search.reception && !entry) throw notFound();
    const shown = entry && shownEntry(entry, keyring(), tx.scope.cityId, locale);
    const asked = search.person ?? entry?.recordId ?? null;
    const person = asked ? await findPerson(tx, asked) : null;
    const today = localDate(now);
    return {
      requestKey: newId(),
      topics: namedTopics(await topicsOf(tx), locale).filter(({ retired }) => !retired),
      days: limitsOn(await limitsOf(tx), today).decide,
      from: shown && {
        id: shown.id,
        topic: shown.topic,
        question: shown.question,
        visitor: shown.visitor,
        day: shown.day,
      },
      person: person ? { id: person.id, name: person.name } : null,
      today,
    };
  }),
);

export const action = write({ ...route, form: NewPetitionForm }, async ({ scoped, form, done }) => {
  const {
    reception,
    person,
    requestKey,
    channel,
    topic,
    receivedOn,
    subject,
    body,
    people,
    backlog,
    ownDays,
  } = form;
  const outcome = await scoped.write(async (tx) => {
    const keys = keyring();
    const petitioners = [];
    for (const place of PLACES) {
      const name = form[`name${place}`] ?? "";
      if (name === "" && place > 0) continue;
      const recordId = place === 0 && person ? person : name ? await recordNamed(tx, name) : null;
      const record = recordId ? await findPerson(tx, recordId) : null;
      // What the archive has need not be typed again.
      const known = record ? openBasics(keys, tx.scope.cityId, record) : null;
      petitioners.push({
        recordId: record?.id ?? null,
        name: record?.name ?? name,
        phone: form[`phone${place}`] || (known?.phone ?? ""),
        address: form[`address${place}`] ?? "",
      });
    }
    return registerPetition(tx, keys, {
      ...{ requestKey, channel, topic, receivedOn, subject, body, people, backlog, ownDays, petitioners },
      receptionId: reception,
    });
  });
  const { id, repeated } = settled(outcome, Object.keys(NewPetitionForm.shape));
  return done(`/petitions/${id}`, repeated ? "petitions:flash.again" : "petitions:flash.registered");
});

export default function NewPetition() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["petitions"]);
  return (
    <>
      <PageHeader title={t("new.title")} note={t("new.note", { count: model.days })} />
      <PetitionFields key={model.requestKey} {...model} refused={refusalIn(data)} />
    </>
  );
}
