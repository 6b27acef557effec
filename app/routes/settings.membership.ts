import { auditAuth } from "@muster/db/queries/identity/auth-audit";
import { switchMembership } from "@muster/db/queries/identity/sessions";
import { redirect } from "@remix-run/node";
import { z } from "zod";
import { withAuth } from "~/server/database.server";
import { notFound, Refusal } from "~/server/errors.server";
import { flashCookie } from "~/server/flash.server";
import { write } from "~/server/route.server";

/** Acts in another of the person's own roles from now on. Open to whoever is signed in, also without a role yet. */
export const action = write(
  { authorization: "public", form: z.object({ membership: z.uuid() }).loose() },
  async ({ form, session, ip, reference, now }) => {
    if (!session) throw new Refusal(401, "signIn");
    const { id, user } = session;
    const acting = await withAuth(now, async (tx) => {
      const role = await switchMembership(tx, { id, userId: user.id }, form.membership);
      if (!role) return null;
      const who = { ...role, userId: user.id, name: user.name, ip, reference };
      await auditAuth(tx, who, {
        action: "session.switch",
        subject: "account",
        subjectId: user.id,
        before: session.actor && { station: session.actor.stationName, role: session.actor.role },
      });
      return role;
    });
    if (!acting) throw notFound();
    // The page it was chosen on may not exist for the other role: the home page always does.
    return redirect("/", { headers: { "Set-Cookie": flashCookie("settings:membership.switched") } });
  },
);
