import { describe, expect, it } from "vitest";
import { carriesBearer, comesFromOurPages, isUnsafe } from "./origin.server";

const ours = "https://muster.example";
const from = (headers: Record<string, string>) => comesFromOurPages(new Headers(headers), ours);

describe("origin of a request that may change something", () => {
  it("lets our own pages in", () => {
    expect(from({ Origin: ours })).toBe(true);
    expect(from({ Origin: ours, "Sec-Fetch-Site": "same-origin" })).toBe(true);
  });

  it("lets the browser vouch where a proxy or an alias changes the host", () => {
    expect(from({ Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-origin" })).toBe(true);
    expect(from({ "Sec-Fetch-Site": "same-origin" })).toBe(true);
  });

  it("refuses other sites, sandboxed frames and senders that say nothing", () => {
    expect(from({ Origin: "https://evil.example" })).toBe(false);
    expect(from({ Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })).toBe(false);
    expect(from({ Origin: "https://other.muster.example", "Sec-Fetch-Site": "same-site" })).toBe(false);
    expect(from({ Origin: "null" })).toBe(false);
    expect(from({ Origin: "null", "Sec-Fetch-Site": "none" })).toBe(false);
    expect(from({ Origin: "null", "Sec-Fetch-Site": "same-origin" })).toBe(false);
    expect(from({ Origin: `${ours}.evil.example` })).toBe(false);
    expect(from({ Origin: ours.toUpperCase() })).toBe(false);
    expect(from({})).toBe(false);
  });

  it("knows a token, and methods that change nothing", () => {
    expect(carriesBearer(new Headers({ Authorization: "Bearer abc" }))).toBe(true);
    expect(carriesBearer(new Headers({ Authorization: "Basic abc" }))).toBe(false);
    expect(carriesBearer(new Headers({ Authorization: "Bearer " }))).toBe(false);
    expect(["GET", "HEAD", "OPTIONS"].some(isUnsafe)).toBe(false);
    expect(["POST", "PUT", "PATCH", "DELETE", "TRACE"].every(isUnsafe)).toBe(true);
  });
});
