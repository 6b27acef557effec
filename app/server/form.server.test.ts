import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isRefusal } from "./errors.server";
import { check, gather, readFields, valuesOf } from "./form.server";
import { readJson } from "./json.server";

const schema = z.object({
  name: z.string().min(1).max(20),
  level: z.enum(["town", "village"]).optional(),
  count: z.coerce.number().int().min(0).optional(),
  ids: z.array(z.string()).default([]),
});

/** Status and code of a refusal, or "accepted"; any other error fails the test. */
function outcome(error: unknown): string {
  if (isRefusal(error)) return `${error.status} ${error.code}`;
  throw error;
}
function codeOf(work: () => unknown): string {
  try {
    work();
    return "accepted";
  } catch (error) {
    return outcome(error);
  }
}
const codeOfAsync = (work: Promise<unknown>): Promise<string> => work.then(() => "accepted", outcome);

const post = (body: BodyInit, type?: string) =>
  new Request("http://x/", { method: "POST", body, headers: type ? { "Content-Type": type } : undefined });

describe("forms", () => {
  it("gathers fields, and lists where the schema takes lists", () => {
    expect(
      gather(
        [
          ["name", "a"],
          ["ids", "1"],
        ],
        schema,
      ),
    ).toEqual({ name: "a", ids: ["1"] });
    expect(
      gather(
        [
          ["name", "a"],
          ["ids", "1"],
          ["ids", "2"],
        ],
        schema,
      ),
    ).toEqual({ name: "a", ids: ["1", "2"] });
    expect(gather([["name", "a"]], schema)).toEqual({ name: "a", ids: [] });
  });

  it("refuses a field sent twice, and prototypes", () => {
    expect(
      codeOf(() =>
        gather(
          [
            ["name", "a"],
            ["name", "b"],
          ],
          schema,
        ),
      ),
    ).toBe("400 form.duplicate");
    for (const name of ["__proto__", "constructor", "prototype", "a\u0000", "\uD800", "n".repeat(300)]) {
      expect(
        codeOf(() => gather([[name, "a"]], schema)),
        JSON.stringify(name),
      ).toBe("400 form.hostile");
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("says what is wrong beside the field", () => {
    const said = (fields: [string, string][]) => {
      const result = check(gather(fields, schema), schema);
      return result.ok ? {} : result.messages;
    };
    expect(said([["name", "ok"]])).toEqual({});
    expect(said([])).toEqual({ name: [{ key: "field.required" }] });
    expect(said([["name", ""]])).toEqual({ name: [{ key: "field.required" }] });
    expect(said([["name", "x".repeat(21)]])).toEqual({
      name: [{ key: "field.tooLong", params: { maximum: 20 } }],
    });
    expect(said([["name", "a\u0000b"]])).toEqual({ name: [{ key: "field.characters" }] });
    expect(said([["name", "a\uDC00b"]])).toEqual({ name: [{ key: "field.characters" }] });
    expect(said([["name", "x".repeat(20_001)]])).toEqual({
      name: [{ key: "field.tooLong", params: { maximum: 20_000 } }],
    });
    expect(
      said([
        ["name", "a"],
        ["level", "moon"],
      ]),
    ).toEqual({ level: [{ key: "field.option" }] });
    expect(
      said([
        ["name", "a"],
        ["count", "1.5"],
      ]),
    ).toEqual({ count: [{ key: "field.integer" }] });
    expect(
      said([
        ["name", "a"],
        ["count", "x"],
      ]),
    ).toEqual({ count: [{ key: "field.number" }] });
    expect(
      said([
        ["name", "a"],
        ["count", "-1"],
      ]),
    ).toEqual({ count: [{ key: "field.tooSmall", params: { minimum: 0 } }] });
  });

  it("takes a schema's own message for a key", () => {
    const late = z.object({ day: z.string().refine(() => false, { message: "figures:errors.late" }) });
    expect(check({ day: "x" }, late)).toEqual({
      ok: false,
      messages: { day: [{ key: "figures:errors.late", params: undefined }] },
    });
  });

  it("keeps what was typed, but no secret and no hostile name", () => {
    expect(
      valuesOf([
        ["name", "a"],
        ["ids", "1"],
        ["ids", "2"],
        ["password", "p"],
        ["newPassword", "p"],
        ["__proto__", "x"],
      ]),
    ).toEqual({
      name: "a",
      ids: ["1", "2"],
    });
  });

  it("refuses a flood of fields before it goes through them", async () => {
    const type = "application/x-www-form-urlencoded";
    expect(await codeOfAsync(readFields(post("a=&".repeat(2_001), type)))).toBe("400 form.hostile");
    expect(await codeOfAsync(readFields(post("a=&".repeat(2_000), type)))).toBe("accepted");
  });

  it("answers broken bodies and wrong types with 4xx", async () => {
    expect(await codeOfAsync(readFields(post("name=a", "application/x-www-form-urlencoded")))).toBe(
      "accepted",
    );
    expect(await codeOfAsync(readFields(post("{}", "application/json")))).toBe("415 wrongType");
    expect(await codeOfAsync(readFields(post("a", "text/plain")))).toBe("415 wrongType");
    expect(await codeOfAsync(readFields(new Request("http://x/", { method: "POST" })))).toBe("415 wrongType");
    expect(await codeOfAsync(readFields(post("garbage", "multipart/form-data; boundary=x")))).toBe(
      "400 form.unreadable",
    );
    expect(await codeOfAsync(readFields(post("garbage", "multipart/form-data")))).toBe("400 form.unreadable");
  });
});

describe("JSON bodies", () => {
  const json = (text: string, type = "application/json") => codeOfAsync(readJson(post(text, type)));

  it("reads objects, and an empty body as an empty one", async () => {
    expect(await readJson(post('{"figures":{"A01":12}}', "application/json; charset=utf-8"))).toEqual({
      figures: { A01: 12 },
    });
    expect(await readJson(new Request("http://x/", { method: "POST" }))).toEqual({});
  });

  it("refuses what cannot be stored or was never sent by a client", async () => {
    expect(await json("{")).toBe("400 api:errors.json");
    expect(await json("{}", "text/plain")).toBe("415 wrongType");
    expect(await json('{"a":"\\u0000"}')).toBe("400 api:errors.text");
    expect(await json('{"a":["\\ud800"]}')).toBe("400 api:errors.text");
    expect(await json('{"__proto__":{"admin":true}}')).toBe("400 api:errors.name");
    expect(await json('{"a":{"constructor":1}}')).toBe("400 api:errors.name");
    expect(await json(`${"[".repeat(30)}${"]".repeat(30)}`)).toBe("400 api:errors.tooDeep");
    expect(await json(`${"[".repeat(100_000)}`)).toBe("400 api:errors.json");
  });
});
