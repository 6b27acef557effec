import { expect, test } from "vitest";
import { LONGEST_TEXT } from "~/server/text.server";
import { packFile, unpackFile } from "./packed-file.server";

test("a file travels through the form in parts that a field takes, and comes out the same", () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const parts = packFile(bytes);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.length <= LONGEST_TEXT)).toBe(true);
  expect(Buffer.from(unpackFile(parts) ?? []).equals(Buffer.from(bytes))).toBe(true);
});

test("parts that somebody changed, or that unfold beyond the limit, are no file", () => {
  const parts = packFile(new TextEncoder().encode("code,name,level,parent_code\n"));
  expect(unpackFile(["AAAA", ...parts])).toBeNull();
  expect(unpackFile(packFile(new Uint8Array(6 * 1024 * 1024)))).toBeNull();
});
