import { describe, expect, it } from "vitest";
import { isUsername, usernameOf } from "./username";

describe("a username", () => {
  it("is compared in lower case, half width and without blanks around it", () => {
    expect(usernameOf(" Ｌiuhe-01.Head\u3000")).toBe("liuhe-01.head");
  });

  it("is made of letters, digits, Chinese characters, dots, hyphens and underscores", () => {
    for (const good of ["liuhe-01.head", "王建国", "13800000000", "a_b"])
      expect(isUsername(good), good).toBe(true);
    for (const bad of [
      "",
      "a",
      ".head",
      "a b",
      "a\u0000b",
      "a\ud800",
      "<b>",
      "é-e",
      "a".repeat(41),
      "__proto__",
    ])
      expect(isUsername(bad), bad).toBe(false);
  });
});
