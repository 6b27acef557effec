import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "./period";
import {
  AGE_BAND_NAMES,
  AGE_BANDS,
  ageOn,
  birthsOf,
  checkSignOf,
  isPhone,
  maskIdNumber,
  maskPhone,
  phoneDigits,
  readIdNumber,
} from "./person";

const TODAY = "2026-11-21";
const day = fc.integer({ min: 0, max: 46_000 }).map((n) => addDays("1900-01-01", n));
/** Sound numbers of people born up to the end of 2025. */
const numbers = fc
  .tuple(fc.constantFrom("110101", "320302", "650102"), day, fc.integer({ min: 0, max: 999 }))
  .map(([region, born, order]) => {
    const first = `${region}${born.replaceAll("-", "")}${String(order).padStart(3, "0")}`;
    return { number: first + checkSignOf(first), born, sex: order % 2 === 1 ? "male" : "female" };
  });

describe("an ID number", () => {
  it("of the standard's own example is read", () => {
    expect(readIdNumber("11010519491231002X", TODAY)).toEqual({
      ok: true,
      value: { number: "11010519491231002X", bornOn: "1949-12-31", sex: "female" },
    });
  });

  it("says when its holder was born and their sex, however it was written", () => {
    fc.assert(
      fc.property(numbers, ({ number, born, sex }) => {
        const written = ` ${number.slice(0, 6)} ${number.slice(6).toLowerCase()}`;
        expect(readIdNumber(written, TODAY)).toEqual({ ok: true, value: { number, bornOn: born, sex } });
      }),
    );
  });

  it("with one wrong digit is noticed", () => {
    fc.assert(
      fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ number }, at, by) => {
        const wrong = (Number(number[at]) + by) % 10;
        const changed = number.slice(0, at) + wrong + number.slice(at + 1);
        expect(readIdNumber(changed, TODAY).ok).toBe(false);
      }),
    );
  });

  it("with two neighbours exchanged is noticed", () => {
    fc.assert(
      fc.property(numbers, fc.nat(15), ({ number }, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const changed = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(readIdNumber(changed, TODAY).ok).toBe(false);
      }),
    );
  });

  it.each([
    ["1101051949123100", "length"],
    ["99010519491231002X", "province"],
    ["11010519490231002X", "birth"],
    ["110105202712310028", "birth"],
    ["110105194912310020", "checksum"],
  ])("%s is refused for its %s", (number, problem) => {
    expect(readIdNumber(number, TODAY)).toEqual({ ok: false, problem });
  });

  it("is shown by its region and its last four signs", () => {
    expect(maskIdNumber("11010519491231002X")).toBe("110***********002X");
  });
});

describe("age", () => {
  it("grows on the birthday, and of the 29th of February on the 1st of March", () => {
    expect(ageOn("1946-11-22", TODAY)).toBe(79);
    expect(ageOn("1946-11-21", TODAY)).toBe(80);
    expect(ageOn("2004-02-29", "2025-02-28")).toBe(20);
    expect(ageOn("2004-02-29", "2025-03-01")).toBe(21);
  });

  it("falls into exactly one band, by day of birth as by years", () => {
    fc.assert(
      fc.property(day, day, (born, on) => {
        fc.pre(born <= on);
        const within = AGE_BAND_NAMES.filter((band) => {
          const { after, upTo } = birthsOf(band, on);
          return born <= upTo && (after === null || born > after);
        });
        const byYears = AGE_BAND_NAMES.filter((band) => ageOn(born, on) >= AGE_BANDS[band]).slice(-1)[0];
        expect(within).toEqual([byYears]);
        expect(born <= birthsOf("over_80", on).upTo).toBe(byYears === "from_80" || byYears === "from_90");
      }),
    );
  });
});

describe("a telephone number", () => {
  it("is kept by its digits, without the country", () => {
    expect(phoneDigits("139 0000-1111")).toBe("13900001111");
    expect(phoneDigits("+8613900001111")).toBe("13900001111");
    expect(phoneDigits("（0516）8371 2345")).toBe("051683712345");
  });

  it.each(["13900001111", "051683712345", "83712345"])("%s is one", (digits) => {
    expect(isPhone(digits)).toBe(true);
  });

  it.each(["", "12900001111", "139000011", "110105194912310022"])("%s is none", (digits) => {
    expect(isPhone(digits)).toBe(false);
  });

  it("is shown by its first three and last four digits, a short one by its last two", () => {
    expect(maskPhone("13900001111")).toBe("139****1111");
    expect(maskPhone("83712345")).toBe("******45");
  });
});
