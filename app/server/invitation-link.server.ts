import { env } from "./env.server";
import { hashOf, newSecret } from "./secrets.server";

/** Begins with the city's number, because every look-up names the city first. */
const LINK = /^([1-9]\d{0,14})\.([\w-]{43})$/;

/** A new one-time link: its address, to be shown once, and what is stored of it. */
export function newInvitationLink(cityId: number): { address: string; tokenHash: Buffer } {
  const secret = newSecret();
  return { address: `${env().publicOrigin}/invite/${cityId}.${secret}`, tokenHash: hashOf(secret) };
}

/** What a link's text asks for; null when it is none of ours. */
export function parseInvitation(token: string | undefined): { cityId: number; tokenHash: Buffer } | null {
  const found = LINK.exec(token ?? "");
  return found?.[1] && found[2] ? { cityId: Number(found[1]), tokenHash: hashOf(found[2]) } : null;
}
