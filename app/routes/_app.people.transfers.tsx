import { decideTransfer, openTransfers } from "@muster/db/queries/people/transfers";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DecisionForm } from "~/features/people/forms";
import { settled } from "~/features/people/refusal.server";
import { useFormat } from "~/i18n/use-format";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { conflict } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "accept", subject: "Transfer" } } as const;

export const handle = page<typeof loader>({
  i18n: ["people"],
  title: (t) => t("people:transfers.title"),
  crumbs: (t) => [{ label: t("people:title"), to: "/people" }, { label: t("people:transfers.title") }],
});

export const loader = read(route, ({ scoped, may }) =>
  scoped(async (tx) => ({
    waiting: (await openTransfers(tx)).filter(({ stationId, path }) =>
      may("accept", "Transfer", { stationId, path }),
    ),
  })),
);

/** A request that waits and is the caller's to decide. */
async function mine(tx: Tx, id: string, { demand }: Pick<Permissions, "demand">): Promise<void> {
  const transfer = (await openTransfers(tx)).find((each) => each.id === id);
  if (!transfer) throw conflict("people:refusal.decided");
  demand("accept", "Transfer", { stationId: transfer.stationId, path: transfer.path });
}

export const action = write({
  ...route,
  intents: {
    accept: {
      form: DecisionForm,
      run: async ({ scoped, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await mine(tx, form.id, { demand });
          return decideTransfer(tx, keyring(), { ...form, accept: true });
        });
        const { name } = settled(outcome, locale);
        return done("/people/transfers", "people:flash.accepted", { name });
      },
    },
    refuse: {
      form: DecisionForm.extend({ reason: DecisionForm.shape.reason.min(1) }),
      run: async ({ scoped, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await mine(tx, form.id, { demand });
          return decideTransfer(tx, keyring(), { ...form, accept: false });
        });
        settled(outcome, locale);
        return done("/people/transfers", "people:flash.refused");
      },
    },
  },
});

export default function Transfers() {
  const { waiting } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  return (
    <>
      <PageHeader title={t("transfers.title")} note={t("transfers.note")} />
      <div className="grid max-w-4xl gap-4">
        <FormErrors
          refused={refused}
          fields={{
            reason: {
              label: t("transfers.decision"),
              id: `decision-${String(refused?.values.id ?? "")}`,
            },
          }}
        />
        {waiting.length === 0 && (
          <Card>
            <EmptyState title={t("transfers.empty")}>{t("transfers.emptyHint")}</EmptyState>
          </Card>
        )}
        {waiting.map(({ id, name, fromName, toName, askedBy, askedAt, reason }) => (
          <Card key={id} title={<span lang="zh-CN">{name}</span>}>
            <DescriptionList
              items={[
                { term: t("transfers.from"), value: <span lang="zh-CN">{fromName}</span> },
                { term: t("transfers.to"), value: <span lang="zh-CN">{toName}</span> },
                {
                  term: t("transfers.asked"),
                  value: (
                    <>
                      <span lang="zh-CN">{askedBy}</span> {f.dateTime(askedAt)}
                    </>
                  ),
                },
                { term: t("new.reason"), value: <span lang="zh-CN">{reason}</span> },
              ]}
            />
            <Form method="post" className="mt-3 flex flex-wrap items-end gap-2" noValidate>
              <input type="hidden" name="id" value={id} />
              <Field id={`decision-${id}`} label={t("transfers.decision")}>
                {(control) => <TextInput {...control} name="reason" maxLength={100} />}
              </Field>
              <SubmitButton intent="accept">{t("transfers.accept")}</SubmitButton>
              <SubmitButton intent="refuse" tone="danger">
                {t("transfers.refuse")}
              </SubmitButton>
            </Form>
          </Card>
        ))}
      </div>
    </>
  );
}
