import { describe, expect, it } from "vitest";
import { weaknessOf } from "./password";

describe("a new password", () => {
  it("has at least eight characters, counted as people count them", () => {
    expect(weaknessOf("七个字的密码吗", "wang")).toBe("tooShort");
    expect(weaknessOf("八个字的密码也行", "wang")).toBeNull();
    expect(weaknessOf("😀😃😄😁😆😅😂", "wang")).toBe("tooShort");
  });

  it("has at most 128", () => {
    expect(weaknessOf("甲乙丙丁".repeat(32), "wang")).toBeNull();
    expect(weaknessOf(`${"甲乙丙丁".repeat(32)}戊`, "wang")).toBe("tooLong");
  });

  it("is none that guessers try first, in whatever case or width it is typed", () => {
    for (const common of [
      "12345678",
      "１２３４５６７８",
      "woaini1314",
      "Woaini1314",
      "5201314a",
      "fuwuzhan123",
      "QWERTYUIOP",
    ])
      expect(weaknessOf(common, "wang"), common).toBe("common");
  });

  it("is more than one or two characters over and over", () => {
    expect(weaknessOf("ababababab", "wang")).toBe("common");
  });

  it("is not the username, forwards or backwards", () => {
    expect(weaknessOf("Liuhe-01.Head", "liuhe-01.head")).toBe("likeName");
    expect(weaknessOf("daeh.10-ehuil", "liuhe-01.head")).toBe("likeName");
  });
});
