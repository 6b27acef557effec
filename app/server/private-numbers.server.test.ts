import { describe, expect, it } from "vitest";
import { isMisplaced, withoutPrivateNumbers } from "./private-numbers.server";

describe("numbers of people", () => {
  it("stand in fields of their own, a station's telephones on its cards among them, and in no other", () => {
    for (const field of ["phone", "phone3", "idNumber", "bankAccount", "duty", "hospital", "q", "password"])
      expect([field, isMisplaced(field, "13877665599")]).toEqual([field, false]);
    for (const field of ["reason", "note", "name", "services", "question"])
      expect([field, isMisplaced(field, "请拨 13877665599")]).toEqual([field, true]);
    for (const text of ["0516-83820114", "320382001", "2026-11-22", "400-800-1234"])
      expect([text, isMisplaced("reason", text)]).toEqual([text, false]);
  });

  it("leave an address, the rest of which stays", () => {
    const clean = (address: string) => withoutPrivateNumbers(new URL(address, "http://x"));
    expect(clean("/people?q=13877665599&age=from_80")).toBe("/people?age=from_80");
    expect(clean("/people?q=13877665599")).toBe("/people");
    expect(clean("/stations?q=320382001000&station=12")).toBeNull();
  });
});
