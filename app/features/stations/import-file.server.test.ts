import { expect, test } from "vitest";
import { LONGEST_TEXT } from "~/server/text.server";
import { packFile, unpackFile, viewOf } from "./import-file.server";

const plan = { create: [], rename: [], unchanged: 3, errors: [], digest: "d" };
const row = { line: 2, code: "320302000000", name: "鼓楼区", level: "district" as const, parentCode: "1" };

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

test("only a plan without errors and with changes can be confirmed", () => {
  const bytes = new TextEncoder().encode("x");
  const error = { line: 3, code: "1", problem: "bad_code" as const };
  expect(viewOf(plan, bytes, "2026-11-01").confirm).toBeNull();
  expect(viewOf({ ...plan, create: [row], errors: [error] }, bytes, "2026-11-01").confirm).toBeNull();
  expect(viewOf({ ...plan, create: [row] }, bytes, "2026-11-01").confirm).toMatchObject({ digest: "d" });
});
