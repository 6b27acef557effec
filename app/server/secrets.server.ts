import { createHash, randomBytes } from "node:crypto";

/** What is stored of a secret of ours. They are random and long, so a plain hash cannot be guessed back. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** 256 random bits as text that fits into an address. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
