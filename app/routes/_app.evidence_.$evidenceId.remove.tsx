import { findPiece, removePiece } from "@muster/db/queries/evidence/pieces";
import { findSubject } from "@muster/db/queries/evidence/subjects";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { demandSubject } from "~/features/evidence/access.server";
import { PieceParams, RemoveForm } from "~/features/evidence/forms.server";
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
import { TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "remove", subject: "Evidence" }, params: PieceParams } as const;

async function removable(tx: Tx, id: string, { demand }: Pick<Permissions, "demand">) {
  const piece = await findPiece(tx, id);
  const place = piece && (await findSubject(tx, { kind: piece.subjectKind, id: piece.subjectId }));
  if (!piece || !place) throw notFound();
  demandSubject(piece.subjectKind, piece, { demand });
  demand("remove", "Evidence", { stationId: piece.stationId, path: piece.path });
  return { piece, place };
}

export const handle = page<typeof loader>({
  i18n: ["evidence"],
  menu: "/stations",
  title: (t) => t("evidence:remove.title"),
  crumbs: (t, { place }) => [{ label: place.name, to: place.page }, { label: t("evidence:remove.title") }],
});

export const loader = read(route, ({ scoped, params, demand }) =>
  scoped(async (tx) => {
    const { piece, place } = await removable(tx, params.evidenceId, { demand });
    const { id, title, kind, version, width, height } = piece;
    return {
      piece: { id, title, kind, version, width, height },
      place: { name: place.name, page: place.page },
    };
  }),
);

export const action = write(
  { ...route, form: RemoveForm },
  async ({ scoped, params, form, demand, done }) => {
    const { outcome, back } = await scoped.write(async (tx) => {
      const { place } = await removable(tx, params.evidenceId, { demand });
      return { outcome: await removePiece(tx, { id: params.evidenceId, ...form }), back: place.page };
    });
    if (!outcome.ok) throw refusalOf(outcome.refusal);
    return done(back, "evidence:flash.removed", { title: outcome.value.title });
  },
);

export default function RemoveEvidence() {
  const { piece, place } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["evidence"]);
  const reason = fieldOf(refused, "reason");
  return (
    <>
      <PageHeader title={t("remove.title")} note={t("remove.note")} />
      <Card title={piece.title} className="max-w-2xl">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors refused={refused} fields={{ reason: { label: t("remove.reason"), id: "reason" } }} />
          <PieceFigure piece={piece} />
          <input type="hidden" name="version" value={piece.version} />
          <Field
            id="reason"
            label={t("remove.reason")}
            hint={t("remove.reasonHint")}
            error={reason.error}
            required
          >
            {(control) => (
              <TextInput {...control} name="reason" maxLength={200} defaultValue={reason.defaultValue} />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            <SubmitButton tone="danger">{t("remove.confirm")}</SubmitButton>
            <LinkButton to={place.page}>{t("remove.back")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
