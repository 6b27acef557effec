import { cookieLine, readCookie } from "./cookies.server";

export type FlashParams = Record<string, string | number>;

const COOKIE = "flash";

/** A message for the next page: only its key and values travel, so a forged cookie can show nothing of its own. */
export function flashCookie(key: string, params: FlashParams = {}): string {
  return cookieLine(COOKIE, JSON.stringify({ key, params }), { maxAge: 60 });
}

export const FORGET_FLASH = cookieLine(COOKIE, "", { maxAge: 0 });

/** The message waiting for this page, if any. */
export function readFlash(request: Request): { key: string; params: FlashParams } | null {
  const text = readCookie(request.headers.get("Cookie"), COOKIE);
  if (!text) return null;
  try {
    const { key, params } = JSON.parse(text) as { key?: unknown; params?: unknown };
    if (typeof key !== "string" || typeof params !== "object" || params === null) return null;
    const simple = Object.entries(params).filter(
      ([, value]) => typeof value === "string" || typeof value === "number",
    );
    return { key, params: Object.fromEntries(simple) as FlashParams };
  } catch {
    return null;
  }
}
