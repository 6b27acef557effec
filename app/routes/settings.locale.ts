import { redirect } from "@remix-run/node";
import { z } from "zod";
import { LOCALES } from "~/i18n/locales";
import { localeCookie } from "~/server/display.server";
import { safePath } from "~/server/gate.server";
import { write } from "~/server/route.server";

/** The language switch of every page: remembers the choice and returns to the page it was made on. */
export const action = write(
  { authorization: "public", form: z.object({ locale: z.enum(LOCALES), to: z.string().optional() }) },
  ({ form }) => redirect(safePath(form.to), { headers: { "Set-Cookie": localeCookie(form.locale) } }),
);
