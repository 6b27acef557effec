import type { ActionFunctionArgs } from "@remix-run/node";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { api, apiWrite } from "./api.server";
import { conflict, notFound, Overloaded, unprocessable } from "./errors.server";
import type { FormRefusal } from "./refusal.server";
import type { RequestContext } from "./request-context.server";
import { read, write } from "./route.server";

process.env.LOG_LEVEL = "silent";

const muster = (more: Partial<RequestContext> = {}): RequestContext => ({
  reference: "7KQ2MZ4P",
  ip: "127.0.0.1",
  fromThisMachine: true,
  nonce: "n",
  now: new Date("2026-11-01T00:00:00Z"),
  fromScript: false,
  // Nobody is signed in, and no database is asked.
  session: Promise.resolve(null),
  ...more,
});

function args(
  path: string,
  init: RequestInit & { params?: Record<string, string>; context?: Partial<RequestContext> } = {},
): ActionFunctionArgs {
  const request = new Request(`http://127.0.0.1:3000${path}`, init);
  return {
    request,
    params: init.params ?? {},
    context: { muster: muster(init.context) },
  } as ActionFunctionArgs;
}
const form = (path: string, fields: Record<string, string>, language = "zh-CN") =>
  args(path, { method: "POST", body: new URLSearchParams(fields), headers: { "Accept-Language": language } });

/** What a loader or action threw: status and body, as the framework would send it. */
async function thrown(
  work: Promise<unknown>,
): Promise<{ status: number; data?: unknown; location?: string | null }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Response) return { status: error.status, location: error.headers.get("Location") };
    const { data, init } = error as { data: unknown; init: ResponseInit };
    return { status: init.status ?? 0, data };
  }
  throw new Error("nothing was thrown");
}

/** A refusal in an action's data, with its status. */
async function refused(work: Promise<unknown>): Promise<FormRefusal & { status?: number }> {
  const { data, init } = (await work) as { data: FormRefusal; init: ResponseInit };
  return { ...data, status: init.status };
}

describe("a page", () => {
  it("sends the anonymous to the login and back", async () => {
    const loader = read({ authorization: "signed-in" }, () => null);
    expect(await thrown(loader(args("/review?month=2026-10")))).toEqual({
      status: 302,
      location: "/login?to=%2Freview%3Fmonth%3D2026-10",
    });
  });

  it("takes an address that does not parse for one that is not there", async () => {
    const loader = read(
      { authorization: "public", params: z.object({ id: z.coerce.number().int() }) },
      ({ params }) => params.id,
    );
    expect(await loader(args("/x", { params: { id: "7" } }))).toBe(7);
    expect((await thrown(loader(args("/x", { params: { id: "seven" } })))).status).toBe(404);
  });

  it("tells an error in the reader's language, with its reference and nothing of itself", async () => {
    const lost = read({ authorization: "public" }, () => {
      throw notFound();
    });
    const chinese = await thrown(lost(args("/x")));
    expect(chinese).toMatchObject({ status: 404, data: { code: "notFound", reference: "7KQ2MZ4P" } });
    const english = await thrown(lost(args("/x", { headers: { "Accept-Language": "en-GB,en;q=0.9" } })));
    expect(english.data).toMatchObject({ message: "This page or record was not found." });
    const broken = read({ authorization: "public" }, () => {
      throw new Error("password of 张三 is 123");
    });
    const unexpected = await thrown(broken(args("/x")));
    expect(unexpected).toMatchObject({ status: 500, data: { code: "unexpected", reference: "7KQ2MZ4P" } });
    expect(JSON.stringify(unexpected)).not.toMatch(/张三|123/);
    const busy = read({ authorization: "public" }, () => {
      throw new Overloaded();
    });
    expect((await thrown(busy(args("/x")))).status).toBe(503);
  });
});

describe("a form", () => {
  const Name = z.object({ name: z.string().min(1).max(5) });
  const rename = write({ authorization: "public", form: Name }, ({ form, done }) => {
    if (form.name === "taken")
      throw unprocessable("unprocessable", { fields: { name: "field.invalid" }, params: { count: 1 } });
    if (form.name === "late") throw conflict();
    if (form.name === "gone") throw notFound();
    return done("/stations", "settings:display.saved");
  });

  it("goes on with a message when it is done", async () => {
    const answer = (await rename(form("/x", { name: "a" }))) as unknown as Response;
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toBe("/stations");
    expect(answer.headers.get("Set-Cookie")).toMatch(/^flash=/);
  });

  it("keeps what was typed when it is refused, whatever the reason", async () => {
    const long = await refused(rename(form("/x", { name: "much too long", password: "p" }, "en")));
    expect(long).toMatchObject({
      ok: false,
      status: 422,
      values: { name: "much too long" },
      errors: { name: ["At most 5 characters."] },
    });
    expect(long.values).not.toHaveProperty("password");
    expect(await refused(rename(form("/x", { name: "taken" })))).toMatchObject({
      status: 422,
      values: { name: "taken" },
      errors: { name: ["内容格式不正确。"] },
    });
    expect(await refused(rename(form("/x", { name: "late" })))).toMatchObject({
      status: 409,
      values: { name: "late" },
    });
    expect((await thrown(rename(form("/x", { name: "gone" })))).status).toBe(404);
  });

  it("is not lost when the session ended while it was filled in", async () => {
    const members = write({ authorization: "signed-in", form: Name }, () => null);
    const sent = args("/x", {
      method: "POST",
      body: new URLSearchParams({ name: "a" }),
      context: { fromScript: true },
    });
    expect(await refused(members(sent))).toMatchObject({ status: 401, values: { name: "a" } });
    expect((await thrown(members(form("/x", { name: "a" })))).location).toBe("/login?to=%2Fx");
  });

  it("is answered with a page of its own where there is none to draw again", async () => {
    const sent = args("/logout", {
      method: "POST",
      body: new URLSearchParams({ name: "" }),
      context: { resource: true },
    });
    const answer = (await rename(sent).catch((error: unknown) => error)) as Response;
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Content-Type")).toMatch("text/html");
    expect(await answer.text()).toContain("7KQ2MZ4P");
  });

  it("is chosen by its intent, and by no name that objects are born with", async () => {
    const action = write({
      authorization: "public",
      intents: {
        save: { form: Name, run: async ({ form }) => ({ saved: form.name.length }) },
        drop: { form: z.object({}), run: () => ({ dropped: true }) },
      },
    });
    expect(await action(form("/x", { intent: "save", name: "abc" }))).toEqual({ saved: 3 });
    expect(await action(form("/x", { intent: "drop" }))).toEqual({ dropped: true });
    for (const intent of ["", "other", "constructor", "toString"]) {
      expect(await refused(action(form("/x", { intent })))).toMatchObject({
        status: 400,
        report: { code: "form.unknownIntent" },
      });
    }
  });

  it("is refused with another method or content type", async () => {
    expect(
      (await thrown(rename(args("/x", { method: "PUT", body: new URLSearchParams({ name: "a" }) })))).status,
    ).toBe(405);
    const json = args("/x", { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } });
    expect((await refused(rename(json))).status).toBe(415);
  });
});

describe("the API", () => {
  const shout = apiWrite({
    authorization: "public",
    methods: {
      POST: { body: z.object({ text: z.string() }), run: ({ body }) => ({ text: body.text.toUpperCase() }) },
    },
  });
  const send = (body: string, method = "POST") =>
    shout(args("/api/v1/x", { method, body, headers: { "Content-Type": "application/json" } }));

  it("answers with JSON", async () => {
    const answer = await send('{"text":"a"}');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ text: "A" });
  });

  it("answers errors as problem documents", async () => {
    const wrong = await send('{"text":1}');
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get("Content-Type")).toMatch("application/problem+json");
    expect(await wrong.json()).toMatchObject({
      status: 400,
      reference: "7KQ2MZ4P",
      issues: [{ pointer: "/text", code: "invalid_type" }],
    });
    expect((await send("{")).status).toBe(400);
    const method = await send("{}", "PUT");
    expect(method.status).toBe(405);
    expect(method.headers.get("Allow")).toBe("GET, POST");
  });

  it("refuses the anonymous with 401 and no redirect", async () => {
    const me = api({ authorization: "signed-in" }, () => ({}));
    const answer = await me(args("/api/v1/me"));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
  });
});
