const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** True for methods that may change something. */
export function isUnsafe(method: string): boolean {
  return !SAFE.has(method);
}

/** True when the request proves itself by a token. No browser adds one by itself, so no page can forge it. */
export function carriesBearer(headers: Headers): boolean {
  return /^bearer\s+\S/i.test(headers.get("Authorization") ?? "");
}

/**
 * Whether an unsafe request comes from a page of ours. The Origin header decides; where a proxy or an alias of the
 * host makes it differ, the browser's own word (Sec-Fetch-Site), which no page can set, decides instead.
 */
export function comesFromOurPages(headers: Headers, publicOrigin: string): boolean {
  const origin = headers.get("Origin");
  if (origin === publicOrigin) return true;
  const site = headers.get("Sec-Fetch-Site");
  if (origin === null) return site === "same-origin" || site === "none";
  return site === "same-origin" && URL.canParse(origin);
}
