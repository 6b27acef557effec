import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { read } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:account.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:account.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Profile" } },
  ({ session, actor, may, t }) => ({
    user: session.user,
    memberships: session.memberships.map(({ id, role, stationName, cityName }) => ({
      id,
      station: stationName === cityName ? cityName : `${cityName} ${stationName}`,
      role: t(`nav:role.${role}`),
      active: id === actor.membershipId,
    })),
    tokens: may("read", "ApiToken", { userId: actor.userId }),
  }),
);

export default function AccountPage() {
  const { user, memberships, tokens } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["settings"]);
  const links = (["password", "sessions", "tokens", "display"] as const).filter(
    (name) => name !== "tokens" || tokens,
  );
  return (
    <>
      <PageHeader title={t("account.title")} />
      <div className="grid max-w-4xl items-start gap-4 lg:grid-cols-2">
        <Card title={t("account.basics")}>
          <DescriptionList
            columns={1}
            items={[
              { term: t("account.name"), value: user.name },
              { term: t("account.username"), value: <span className="font-mono">{user.username}</span> },
            ]}
          />
        </Card>
        <Card title={t("account.security")} flush>
          <ul className="m-0 list-none p-0">
            {links.map((name) => (
              <li key={name} className="border-t border-line">
                <Link
                  to={`/settings/${name}`}
                  className="block min-h-target px-4 py-2.5 text-ink no-underline hover:bg-accent-soft"
                >
                  <b>{t(`account.links.${name}`)}</b>
                  <span className="block text-sm text-ink-3">{t(`account.hints.${name}`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
        {memberships.length > 0 && (
          <Card title={t("account.roles")} flush className="lg:col-span-2">
            <ul className="m-0 list-none p-0">
              {memberships.map(({ id, station, role, active }) => (
                <li key={id} className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2.5">
                  <span className="min-w-0 flex-1 basis-48">
                    <b>{station}</b> <span className="text-ink-2">{role}</span>
                  </span>
                  {active ? (
                    <Tag tone="good">{t("account.current")}</Tag>
                  ) : (
                    <Form method="post" action="/settings/membership" reloadDocument>
                      <input type="hidden" name="membership" value={id} />
                      <SubmitButton tone="plain" size="small">
                        {t("account.switch")}
                      </SubmitButton>
                    </Form>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}
