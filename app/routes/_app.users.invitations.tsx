import { invitationPath, listInvitations, revokeInvitation } from "@muster/db/queries/identity/invitations";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { UserTabs } from "~/features/identity/people";
import { formatDateTime } from "~/i18n/format";
import { conflict, notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

const authorization = { action: "invite", subject: "Membership" } as const;

export const handle = page({
  i18n: ["users"],
  title: (t) => t("users:invitations.title"),
  crumbs: (t) => [{ label: t("nav:users"), to: "/users" }, { label: t("users:invitations.title") }],
});

export const loader = read({ authorization }, async ({ scoped, may, t }) => {
  const invitations = await scoped(listInvitations);
  return {
    invitations: invitations
      .filter(({ path }) => may("invite", "Membership", { userId: "", path }))
      .map((invitation) => ({
        id: invitation.id,
        name: invitation.name,
        station: invitation.stationName,
        role: t(`nav:role.${invitation.role}`),
        reset: invitation.reset,
        inviter: invitation.invitedBy,
        made: formatDateTime(invitation.createdAt),
        expires: formatDateTime(invitation.expiresAt),
      })),
  };
});

export const action = write(
  { authorization, form: z.object({ invitation: z.uuid() }) },
  async ({ form, scoped, demand, done }) => {
    await scoped.write(async (tx) => {
      const path = await invitationPath(tx, form.invitation);
      if (path === null) throw notFound();
      demand("invite", "Membership", { userId: "", path });
      if (!(await revokeInvitation(tx, form.invitation))) throw conflict("users:invitations.gone");
    });
    return done("/users/invitations", "users:invitations.revoked");
  },
);

export default function InvitationsPage() {
  const { invitations } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["users"]);
  return (
    <>
      <PageHeader title={t("title")} />
      <UserTabs view="invitations" mayInvite />
      <FormErrors refused={refused} />
      <Card flush>
        <Table
          caption={t("invitations.title")}
          rows={invitations}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t("invitations.none")}>{t("invitations.noneHint")}</EmptyState>}
          columns={[
            { id: "name", header: t("column.name"), rowHeader: true, cell: (row) => <b>{row.name}</b> },
            {
              id: "kind",
              header: t("column.kind"),
              tight: true,
              cell: (row) => (
                <Tag tone={row.reset ? "warn" : "info"}>
                  {t(row.reset ? "invitations.reset" : "invitations.invite")}
                </Tag>
              ),
            },
            { id: "station", header: t("column.station"), cell: (row) => row.station },
            { id: "role", header: t("column.role"), wide: true, tight: true, cell: (row) => row.role },
            { id: "inviter", header: t("column.inviter"), wide: true, cell: (row) => row.inviter },
            { id: "made", header: t("column.made"), wide: true, tight: true, cell: (row) => row.made },
            {
              id: "expires",
              header: t("column.expires"),
              wide: true,
              tight: true,
              cell: (row) => row.expires,
            },
            {
              id: "revoke",
              header: <span className="sr-only">{t("column.actions")}</span>,
              tight: true,
              cell: (row) => (
                <Form method="post">
                  <input type="hidden" name="invitation" value={row.id} />
                  <SubmitButton tone="danger" size="small">
                    {t("invitations.revoke")}
                  </SubmitButton>
                </Form>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}
