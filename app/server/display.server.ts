import { LOCALE_COOKIE } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import { cookieLine, readCookie } from "./cookies.server";

const ELDER_COOKIE = "elder";
const YEAR = 365 * 24 * 3600;

/** True when this device shows large print. Kept in a cookie: it belongs to the screen, not to the person. */
export function readElder(request: Request): boolean {
  return readCookie(request.headers.get("Cookie"), ELDER_COOKIE) === "1";
}

export function elderCookie(on: boolean): string {
  return cookieLine(ELDER_COOKIE, on ? "1" : "", { maxAge: on ? YEAR : 0 });
}

export function localeCookie(locale: Locale): string {
  return cookieLine(LOCALE_COOKIE, locale, { maxAge: YEAR });
}
