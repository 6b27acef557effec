import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { data, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { localeOf, sentence } from "~/i18n/i18n.server";
import { readElder } from "~/server/display.server";
import { env } from "~/server/env.server";
import { FORGET_FLASH, readFlash } from "~/server/flash.server";
import { ErrorScreen } from "~/ui/error-screen";
import { Flash } from "~/ui/flash";
import { InlinedCataloguesScript } from "~/ui/inlined-catalogues";
import { NavigationProgress } from "~/ui/navigation-progress";
import { useNonce } from "~/ui/nonce";
import { OfflineGuard } from "~/ui/offline-guard";
import { PlainHeader } from "~/ui/plain-header";
import theme from "~/ui/theme.css?url";
import { usePage } from "~/ui/use-page";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: theme },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

// Not made by the route builder: the frame must stand even when session and database do not.
export async function loader({ request }: LoaderFunctionArgs) {
  const locale = await localeOf(request);
  const waiting = readFlash(request);
  const flash = waiting && sentence(locale, waiting.key, waiting.params);
  const frame = { locale, elder: readElder(request), demo: env().demo, flash };
  return data(frame, waiting ? { headers: { "Set-Cookie": FORGET_FLASH } } : undefined);
}

export function Layout({ children }: { children: ReactNode }) {
  const frame = useRouteLoaderData<typeof loader>("root");
  const { t, i18n } = useTranslation();
  const { title } = usePage();
  const nonce = useNonce();
  return (
    <html lang={i18n.language} data-elder={frame?.elder ? "" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <title>{title ? `${title} · ${t("product")}` : t("product")}</title>
        <Meta />
        <Links />
      </head>
      <body>
        <NavigationProgress />
        <OfflineGuard />
        {children}
        <Flash message={frame?.flash ?? null} />
        <InlinedCataloguesScript />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return (
    <>
      <PlainHeader />
      <main>
        <ErrorScreen />
      </main>
    </>
  );
}
