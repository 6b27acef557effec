import { editPiece, findPiece } from "@muster/db/queries/evidence/pieces";
import { findSubject } from "@muster/db/queries/evidence/subjects";
import { REMIND_DAYS } from "@muster/domain/evidence";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { demandSubject } from "~/features/evidence/access.server";
import { EditForm, PieceParams } from "~/features/evidence/forms.server";
import { PieceFigure } from "~/features/evidence/piece-list";
import { refusalOf } from "~/features/evidence/take.server";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "create", subject: "Evidence" }, params: PieceParams } as const;

async function editable(tx: Tx, id: string, { demand }: Pick<Permissions, "demand">) {
  const piece = await findPiece(tx, id);
  const place = piece && (await findSubject(tx, { kind: piece.subjectKind, id: piece.subjectId }));
  if (!piece || !place) throw notFound();
  demandSubject(piece.subjectKind, piece, { demand });
  demand("create", "Evidence", { stationId: piece.stationId, path: piece.path });
  return { piece, place };
}

export const handle = page<typeof loader>({
  i18n: ["evidence"],
  menu: "/stations",
  title: (t) => t("evidence:edit.title"),
  crumbs: (t, { place }) => [{ label: place.name, to: place.page }, { label: t("evidence:edit.title") }],
});

export const loader = read(route, ({ scoped, params, demand }) =>
  scoped(async (tx) => {
    const { piece, place } = await editable(tx, params.evidenceId, { demand });
    const { id, title, kind, version, expiresOn } = piece;
    return { piece: { id, title, kind, version, expiresOn }, place: { name: place.name, page: place.page } };
  }),
);

export const action = write({ ...route, form: EditForm }, async ({ scoped, params, form, demand, done }) => {
  const { outcome, back } = await scoped.write(async (tx) => {
    const { place } = await editable(tx, params.evidenceId, { demand });
    return { outcome: await editPiece(tx, { id: params.evidenceId, ...form }), back: place.page };
  });
  if (!outcome.ok) throw refusalOf(outcome.refusal);
  return done(back, "evidence:flash.edited", { title: form.title });
});

export default function EditEvidence() {
  const { piece, place } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["evidence"]);
  const title = fieldOf(refused, "title", piece.title);
  const expiresOn = fieldOf(refused, "expiresOn", piece.expiresOn ?? "");
  return (
    <>
      <PageHeader title={t("edit.title")} note={place.name} />
      <Card title={piece.title} className="max-w-2xl">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors
            refused={refused}
            fields={{
              title: { label: t("form.name"), id: "title" },
              expiresOn: { label: t("form.expiresOn"), id: "expiresOn" },
            }}
          />
          <PieceFigure piece={piece} />
          <input type="hidden" name="version" value={piece.version} />
          <Field id="title" label={t("form.name")} error={title.error} required>
            {(control) => (
              <TextInput {...control} name="title" maxLength={60} defaultValue={title.defaultValue} />
            )}
          </Field>
          <Field
            id="expiresOn"
            label={t("form.expiresOn")}
            hint={t("form.expiresOnHint", { count: REMIND_DAYS })}
            error={expiresOn.error}
            className="max-w-xs"
          >
            {(control) => <DateInput {...control} name="expiresOn" defaultValue={expiresOn.defaultValue} />}
          </Field>
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("edit.save")}</SubmitButton>
            <LinkButton to={place.page}>{t("remove.back")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
