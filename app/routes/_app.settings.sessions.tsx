import { listSessions, revokeSession, revokeSessions } from "@muster/db/queries/identity/sessions";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { deviceOf } from "~/features/identity/device";
import { formatDateTime } from "~/i18n/format";
import { auditPerson } from "~/server/audit-person.server";
import { withAuth } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

const reads = { action: "read", subject: "Profile" } as const;
const changes = { action: "update", subject: "Profile" } as const;

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:sessions.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:sessions.title") }],
});

export const loader = read({ authorization: reads }, async ({ session, now }) => {
  const sessions = await withAuth(now, (tx) => listSessions(tx, session.user.id));
  return {
    sessions: sessions.map(({ id, userAgent, ip, createdAt, lastSeenAt }) => ({
      id,
      device: deviceOf(userAgent),
      ip,
      since: formatDateTime(createdAt),
      seen: formatDateTime(lastSeenAt),
      current: id === session.id,
    })),
  };
});

const SessionId = z.string().regex(/^[0-9a-f]{64}$/);

export const action = write({
  authorization: changes,
  intents: {
    one: {
      form: z.object({ intent: z.string(), session: SessionId }),
      run: async ({ form, session, actor, ip, reference, now, done }) => {
        await withAuth(now, async (tx) => {
          if (!(await revokeSession(tx, session.user.id, form.session))) throw notFound();
          await auditPerson(
            tx,
            { actor, ip, reference },
            { action: "session.revoke", after: { sessions: 1 } },
          );
        });
        return done("/settings/sessions", "settings:sessions.revoked");
      },
    },
    others: {
      form: z.object({ intent: z.string() }),
      run: async ({ session, actor, ip, reference, now, done }) => {
        const count = await withAuth(now, async (tx) => {
          const sessions = await revokeSessions(tx, session.user.id, session.id);
          if (sessions > 0)
            await auditPerson(
              tx,
              { actor, ip, reference },
              { action: "session.revoke", after: { sessions } },
            );
          return sessions;
        });
        return done("/settings/sessions", "settings:sessions.revokedOthers", { count });
      },
    },
  },
});

export default function SessionsPage() {
  const { sessions } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["settings"]);
  return (
    <>
      <PageHeader title={t("sessions.title")} note={t("sessions.note")}>
        {sessions.length > 1 && (
          <Form method="post">
            <SubmitButton intent="others" tone="danger">
              {t("sessions.revokeOthers")}
            </SubmitButton>
          </Form>
        )}
      </PageHeader>
      <Card flush className="max-w-3xl">
        <ul className="m-0 list-none p-0">
          {sessions.map(({ id, device, ip, since, seen, current }) => (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-0"
            >
              <div className="min-w-0 flex-1 basis-56">
                <b>{device ?? t("sessions.unknown")}</b>{" "}
                {current && <Tag tone="good">{t("sessions.current")}</Tag>}
                <div className="text-sm text-ink-3">
                  {t("sessions.seen", { when: seen })} · {t("sessions.since", { when: since })}
                  {ip && ` · ${ip}`}
                </div>
              </div>
              {!current && (
                <Form method="post">
                  <input type="hidden" name="session" value={id} />
                  <SubmitButton intent="one" tone="plain" size="small">
                    {t("sessions.revoke")}
                  </SubmitButton>
                </Form>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
