import { describe, expect, it } from "vitest";
import { deviceOf } from "./device";

describe("a device in the list of sessions", () => {
  it("is named by browser and system", () => {
    expect(
      deviceOf(
        "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0",
      ),
    ).toBe("微信 · Android");
    expect(
      deviceOf("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/90.0.4430.93 Safari/537.36"),
    ).toBe("Chrome · Windows");
    expect(deviceOf("curl/8")).toBeNull();
  });
});
