import { findSubject } from "@muster/db/queries/evidence/subjects";
import { closeFollowUp, voidVisit } from "@muster/db/queries/visits/log";
import { findVisit, openWords, visitedBy } from "@muster/db/queries/visits/row";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { EvidenceCard } from "~/features/evidence/evidence-card";
import { evidenceModel } from "~/features/evidence/model.server";
import { placeOf } from "~/features/visits/access.server";
import { CloseForm, VisitParams, VoidForm } from "~/features/visits/forms";
import { settled } from "~/features/visits/refusal.server";
import { VisitFacts } from "~/features/visits/visit-facts";
import { FollowTag } from "~/features/visits/visit-list";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";

const route = { authorization: { action: "read", subject: "Visit" }, params: VisitParams } as const;

export const handle = page<typeof loader>({
  i18n: ["visits", "evidence"],
  menu: "/visits",
  title: (t, { visit }) => `${t("visits:visit.title")} ${visit.heldOn}`,
  crumbs: (t, { visit }) => [{ label: t("visits:title"), to: "/visits" }, { label: visit.heldOn }],
});

export const loader = read(route, ({ scoped, params: { visitId }, actor, may, now }) =>
  scoped(async (tx) => {
    const subject = { kind: "visit", id: visitId } as const;
    const row = await findVisit(tx, visitId);
    const place = row && (await findSubject(tx, subject));
    if (!row || !place) throw notFound();
    const keeps = may("update", "Visit", placeOf(row));
    const { content: _, ...visit } = row;
    return {
      visit,
      people: await visitedBy(tx, visitId),
      // It speaks of people's health: those who keep their archives read it.
      words: keeps ? openWords(keyring(), tx.scope.cityId, row) : null,
      evidence: await evidenceModel(tx, subject, place, { actor, may, now }),
      keeps,
      today: localDate(now),
    };
  }),
);

export const action = write({
  ...route,
  intents: {
    close: {
      authorization: { action: "update", subject: "Visit" },
      form: CloseForm,
      run: async ({ scoped, params: { visitId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const row = await findVisit(tx, id);
          if (!row) throw notFound();
          demand("update", "Visit", placeOf(row));
          return closeFollowUp(tx, { id, ...form });
        });
        settled(outcome, locale);
        return done(`/visits/${id}`, "visits:flash.followed");
      },
    },
    void: {
      authorization: { action: "update", subject: "Visit" },
      form: VoidForm,
      run: async ({ scoped, params: { visitId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const row = await findVisit(tx, id);
          if (!row) throw notFound();
          demand("update", "Visit", placeOf(row));
          return voidVisit(tx, { id, ...form });
        });
        settled(outcome, locale);
        return done(`/visits/${id}`, "visits:flash.void");
      },
    },
  },
});

export default function Visit() {
  const { visit, people, words, evidence, keeps, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["visits"]);
  const voiding = refusalIn(data, "void");
  const reason = fieldOf(voiding, "reason");
  const standing = keeps && visit.voidOn === null;
  return (
    <>
      <PageHeader
        title={`${t("visit.title")} · ${t(`occasion.${visit.occasion}`)}`}
        note={<span lang="zh-CN">{visit.stationName}</span>}
        tag={visit.voidOn || visit.followOn ? <FollowTag line={visit} today={today} /> : undefined}
      >
        <PrintButton />
        {keeps && <LinkButton to="/visits/new">{t("visit.again")}</LinkButton>}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <VisitFacts visit={visit} people={people} words={words} />
          {standing && visit.followOn !== null && visit.followedOn === null && (
            <Card title={t("follow.title")}>
              <FormErrors refused={refusalIn(data, "close")} />
              <p lang="zh-CN" className="m-0 mb-3">
                {words?.followUp}
              </p>
              <Form method="post">
                <input type="hidden" name="version" value={visit.version} />
                <SubmitButton intent="close">{t("follow.close")}</SubmitButton>
              </Form>
            </Card>
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          <EvidenceCard model={evidence} />
          {standing && (
            <details open={voiding !== null} className="print:hidden">
              <summary className="flex min-h-target cursor-pointer items-center text-ink-2">
                {t("visit.voidTitle")}
              </summary>
              <Card>
                <Form method="post" className="grid gap-3" noValidate>
                  <FormErrors
                    refused={voiding}
                    fields={{ reason: { label: t("visit.reason"), id: "reason" } }}
                  />
                  <p className="m-0 text-ink-3">{t("visit.voidHint")}</p>
                  <input type="hidden" name="version" value={visit.version} />
                  <Field id="reason" label={t("visit.reason")} error={reason.error} required>
                    {(control) => (
                      <TextInput
                        {...control}
                        name="reason"
                        maxLength={100}
                        defaultValue={reason.defaultValue}
                      />
                    )}
                  </Field>
                  <div>
                    <SubmitButton intent="void" tone="danger">
                      {t("visit.void")}
                    </SubmitButton>
                  </div>
                </Form>
              </Card>
            </details>
          )}
        </div>
      </div>
    </>
  );
}
