import { insertToken, listTokens, MOST_TOKENS, revokeToken } from "@muster/db/queries/identity/tokens";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { OnceShown } from "~/features/identity/once-shown";
import { NewToken, TOKEN_DAYS, TokenList } from "~/features/identity/tokens";
import { formatDateTime } from "~/i18n/format";
import { auditPerson } from "~/server/audit-person.server";
import { withAuth } from "~/server/database.server";
import { conflict, notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { hashOf, newSecret } from "~/server/secrets.server";
import { TOKEN_PREFIX } from "~/server/session.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:tokens.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:tokens.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "ApiToken" } },
  async ({ session, now }) => {
    const tokens = await withAuth(now, (tx) => listTokens(tx, session.user.id));
    return {
      tokens: tokens.map((token) => ({
        id: token.id,
        name: token.name,
        station: token.stationName,
        made: formatDateTime(token.createdAt),
        ends: formatDateTime(token.expiresAt),
        used: token.lastUsedAt && formatDateTime(token.lastUsedAt),
      })),
    };
  },
);

export const action = write({
  authorization: { action: "read", subject: "ApiToken" },
  intents: {
    create: {
      authorization: { action: "create", subject: "ApiToken" },
      form: z.object({
        intent: z.string(),
        name: z.string().trim().min(1).max(60),
        days: z.enum(TOKEN_DAYS),
      }),
      run: async ({ form, actor, ip, reference, now }) => {
        const token = TOKEN_PREFIX + newSecret();
        const expiresAt = new Date(now.getTime() + Number(form.days) * 86_400_000);
        await withAuth(now, async (tx) => {
          const id = await insertToken(tx, {
            ...actor,
            tokenHash: hashOf(token),
            name: form.name,
            expiresAt,
          });
          if (!id) throw conflict("settings:tokens.tooMany", { params: { most: MOST_TOKENS } });
          const after = { name: form.name, expiresAt: expiresAt.toISOString() };
          const entry = { action: "token.create", subject: "token", subjectId: id, after };
          await auditPerson(tx, { actor, ip, reference }, entry);
        });
        return { ok: true as const, token };
      },
    },
    revoke: {
      authorization: { action: "deactivate", subject: "ApiToken" },
      form: z.object({ intent: z.string(), token: z.uuid() }),
      run: async ({ form, actor, ip, reference, now, done }) => {
        await withAuth(now, async (tx) => {
          const name = await revokeToken(tx, actor.userId, form.token);
          if (name === null) throw notFound();
          const entry = { action: "token.revoke", subject: "token", subjectId: form.token, before: { name } };
          await auditPerson(tx, { actor, ip, reference }, entry);
        });
        return done("/settings/tokens", "settings:tokens.revoked");
      },
    },
  },
});

export default function TokensPage() {
  const { tokens } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["settings"]);
  return (
    <>
      <PageHeader title={t("tokens.title")} note={t("tokens.note")} />
      {data && "token" in data && (
        <OnceShown title={t("tokens.once")} note={t("tokens.onceNote")} text={data.token} />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <TokenList tokens={tokens} />
        <NewToken refused={refusalIn(data)} />
      </div>
    </>
  );
}
