import { describe, expect, it } from "vitest";
import { casesPerThousand } from "./assistance";

describe("coverage of assistance", () => {
  it("is the cases per 1,000 beneficiaries", () => expect(casesPerThousand(29, 1450)).toBe(20));
  it("is 0 where people are served and nobody was helped", () => expect(casesPerThousand(0, 1450)).toBe(0));
  it("is missing where a part is, or where nobody is served", () => {
    expect(casesPerThousand(null, 1450)).toBeNull();
    expect(casesPerThousand(3, null)).toBeNull();
    expect(casesPerThousand(3, 0)).toBeNull();
  });
});
