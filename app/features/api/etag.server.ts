import { badRequest, Refusal } from "~/server/errors.server";

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version a PUT was made on, from If-Match: an ETag, or `*` for a report never saved (version 0).
 * Throws 428 without the header and 400 for anything else.
 */
export function ifMatch(request: Request): number {
  const header = request.headers.get("If-Match")?.trim();
  if (!header) throw new Refusal(428, "api:errors.ifMatchMissing");
  if (header === "*") return 0;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1] ?? /^(\d{1,9})$/.exec(header)?.[1];
  if (version === undefined) throw badRequest("api:errors.ifMatch");
  return Number(version);
}

/** The same where the header may be left out: null then. */
export function ifMatchOptional(request: Request): number | null {
  return request.headers.has("If-Match") ? ifMatch(request) : null;
}
