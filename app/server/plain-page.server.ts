import { translate } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import { reportAny } from "./report.server";

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** An error page that needs neither the framework nor a style sheet: for what is refused before any route runs. */
export function plainPage(error: unknown, locale: Locale, reference: string): Response {
  const { headers, status, message, next } = reportAny(error, locale, reference);
  const t = translate(locale);
  const lines = [
    `<!doctype html><html lang="${locale}"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${status}</title>`,
    `<main><h1>${escapeHtml(message)}</h1><p>${escapeHtml(next)}</p>`,
    `<p>${escapeHtml(t("errors:page.reference"))} <b>${reference}</b></p>`,
    `<p><a href="/">${escapeHtml(t("errors:page.home"))}</a></p></main></html>`,
  ];
  return new Response(lines.join("\n"), {
    status,
    headers: { ...headers, "Content-Type": "text/html; charset=utf-8" },
  });
}
