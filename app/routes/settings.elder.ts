import { redirect } from "@remix-run/node";
import { z } from "zod";
import { elderCookie } from "~/server/display.server";
import { safePath } from "~/server/gate.server";
import { write } from "~/server/route.server";

/** The large-print switch of every page. */
export const action = write(
  { authorization: "public", form: z.object({ elder: z.enum(["on", "off"]), to: z.string().optional() }) },
  ({ form }) => redirect(safePath(form.to), { headers: { "Set-Cookie": elderCookie(form.elder === "on") } }),
);
