import { redirect } from "@remix-run/node";
import { z } from "zod";
import { safePath } from "~/server/gate.server";
import { read, write } from "~/server/route.server";
import { signOut } from "~/server/sign-in.server";

/** Someone who types the address is asked nothing and loses nothing: signing out is a form of the menu. */
export const loader = read({ authorization: "public" }, () => redirect("/"));

export const action = write(
  { authorization: "public", form: z.object({ to: z.string().optional() }) },
  async ({ form, session, request, ip, reference, now }) =>
    redirect(safePath(form.to, "/login"), {
      headers: await signOut(session, { request, ip, reference, now }),
    }),
);
