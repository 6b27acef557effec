import { describe, expect, it } from "vitest";
import { cookieLine, readCookie } from "./cookies.server";
import { flashCookie, readFlash } from "./flash.server";

const asked = (cookie: string) => new Request("http://x/", { headers: { Cookie: cookie } });

describe("cookies", () => {
  it("reads one among several", () => {
    expect(readCookie("a=1; locale=zh-CN;b=2", "locale")).toBe("zh-CN");
    expect(readCookie('locale="en"', "locale")).toBe("en");
  });

  it("takes malformed ones for absent", () => {
    expect(readCookie(null, "locale")).toBeNull();
    expect(readCookie("locale", "locale")).toBeNull();
    expect(readCookie("locale=%E0%A4%A", "locale")).toBeNull();
    expect(readCookie(";;;=;=x", "locale")).toBeNull();
    expect(readCookie("xlocale=en", "locale")).toBeNull();
  });

  it("writes values that cannot leave their place", () => {
    const line = cookieLine("flash", "a; Domain=evil\r\nSet-Cookie: b=1", { maxAge: 60 });
    expect(line).not.toMatch(/Domain=evil|\r|\n/);
    expect(line).toMatch(/; Path=\/; Max-Age=60; SameSite=Lax; HttpOnly$/);
  });

  it("carries a message to the next page, and nothing that is none", () => {
    const line = flashCookie("settings:display.saved", { count: 2 });
    expect(readFlash(asked(line.split(";")[0] ?? ""))).toEqual({
      key: "settings:display.saved",
      params: { count: 2 },
    });
    expect(readFlash(asked("flash=%7B"))).toBeNull();
    expect(readFlash(asked(`flash=${encodeURIComponent('{"key":1}')}`))).toBeNull();
    expect(readFlash(asked(`flash=${encodeURIComponent('{"key":"a","params":{"x":{}}}')}`))).toEqual({
      key: "a",
      params: {},
    });
  });
});
