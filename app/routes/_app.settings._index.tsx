import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { read } from "~/server/route.server";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("nav:settings"),
  crumbs: (t) => [{ label: t("nav:settings") }],
});

export const loader = read({ authorization: "signed-in" }, ({ actor, may, t }) => {
  const link = (name: "password" | "sessions" | "tokens" | "display") => ({
    to: `/settings/${name}`,
    label: t(`settings:account.links.${name}`),
    hint: t(`settings:account.hints.${name}`),
  });
  const account = {
    to: "/settings/account",
    label: t("settings:account.title"),
    hint: t("settings:index.account"),
  };
  const tokens = may("read", "ApiToken", { userId: actor.userId }) ? [link("tokens")] : [];
  const catalogue = {
    to: "/settings/catalogue",
    label: t("settings:catalogue.title"),
    hint: t("settings:catalogue.note"),
  };
  const standards = {
    to: "/settings/standards",
    label: t("standards:set.title"),
    hint: t("standards:set.note"),
  };
  return {
    own: [account, link("password"), link("sessions"), ...tokens, link("display")],
    city: may("read", "Catalogue") ? [catalogue, standards] : [],
  };
});

export default function SettingsPage() {
  const { own, city } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["settings", "nav"]);
  return (
    <>
      <PageHeader title={t("nav:settings")} />
      <div className="grid max-w-4xl items-start gap-4 lg:grid-cols-2">
        <Links title={t("index.own")} links={own} />
        {city.length > 0 && <Links title={t("index.city")} links={city} />}
      </div>
    </>
  );
}

function Links({
  title,
  links,
}: {
  title: string;
  links: readonly { to: string; label: string; hint: string }[];
}) {
  return (
    <Card title={title} flush>
      <ul className="m-0 list-none p-0">
        {links.map(({ to, label, hint }) => (
          <li key={to} className="border-t border-line">
            <Link
              to={to}
              className="block min-h-target px-4 py-2.5 text-ink no-underline hover:bg-accent-soft"
            >
              <b>{label}</b>
              <span className="block text-sm text-ink-3">{hint}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
