import { describe, expect, it } from "vitest";
import { pack, unpack } from "./packed";

const data = { name: "柳河镇 </script>", rows: [{ value: 1 }, { value: null }] };

describe("pack", () => {
  it("gives the very same value back where it was packed", () => {
    expect(unpack(pack(data))).toBe(data);
  });

  it("is read from its text elsewhere, once", () => {
    const sent = structuredClone(pack(data));
    const read = unpack(sent);
    expect(read).toEqual(data);
    expect(read).not.toBe(data);
    expect(unpack(sent)).toBe(read);
  });
});
