/** A cookie's raw value, percent-decoded; null when absent or malformed. Never throws. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at < 0 || part.slice(0, at).trim() !== name) continue;
    const value = part
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    try {
      return decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return null;
}

export interface CookieOptions {
  maxAge: number;
  httpOnly?: boolean;
  secure?: boolean;
}

/** A Set-Cookie line for the whole site, SameSite=Lax. */
export function cookieLine(
  name: string,
  value: string,
  { maxAge, httpOnly = true, secure = false }: CookieOptions,
): string {
  const flags = [httpOnly && "HttpOnly", secure && "Secure"].filter(Boolean).map((flag) => `; ${flag}`);
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAge}; SameSite=Lax${flags.join("")}`;
}
