import { UsernameTaken } from "@muster/db/queries/identity/accounts";
import { findLink, LinkRefused } from "@muster/db/queries/identity/invitations";
import { isUsername, usernameOf } from "@muster/domain/username";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FrontFrame } from "~/features/identity/front-frame";
import { InvitationForms } from "~/features/identity/invitation-forms";
import { formatDateTime } from "~/i18n/format";
import { accept, resetPassword } from "~/server/accept.server";
import { withAuth } from "~/server/database.server";
import { notFound, Refusal, unprocessable } from "~/server/errors.server";
import { flashCookie } from "~/server/flash.server";
import { parseInvitation } from "~/server/invitation-link.server";
import { hashPassword, PasswordField, weaknessKey } from "~/server/password.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["login"],
  title: (t, data) => t(data?.resets ? "login:invite.resetTitle" : "login:invite.title"),
});

const Params = z.object({ token: z.string() });

export const loader = read(
  { authorization: "public", params: Params },
  async ({ params, session, now, t }) => {
    const key = parseInvitation(params.token);
    const link = key && (await withAuth(now, (tx) => findLink(tx, key.cityId, key.tokenHash)));
    if (!link) throw notFound("login:link.unknown");
    if (link.state !== "open") throw new Refusal(410, `login:link.${link.state}`);
    return {
      inviter: link.invitedBy,
      city: link.cityName,
      station: link.stationName,
      role: t(`nav:role.${link.role}`),
      name: link.name,
      expires: formatDateTime(link.expiresAt),
      resets: link.resets?.username ?? null,
      signedInAs: session && { name: session.user.name, username: session.user.username },
      path: `/invite/${params.token}`,
    };
  },
);

const passwords = { password: PasswordField, again: z.string() };
const same = (form: { password: string; again: string }) => form.password === form.again;
const Mismatch = { path: ["again"], message: "login:password.mismatch" };

const NewAccount = z
  .object({
    name: z.string().trim().min(1, "login:invite.name.required").max(40),
    username: z.string().transform(usernameOf).refine(isUsername, "login:invite.username.invalid"),
    ...passwords,
  })
  .refine(same, Mismatch);

export const action = write({
  authorization: "public",
  params: Params,
  intents: {
    create: {
      form: NewAccount,
      run: async ({ form, params, request, ip, reference, now }) => {
        judge(form.password, form.username);
        const by = {
          username: form.username,
          name: form.name,
          passwordHash: await hashPassword(form.password),
        };
        const headers = await accept(keyOf(params.token), by, { request, ip, reference, now }).catch(explain);
        return welcomed(headers);
      },
    },
    join: {
      form: z.object({ intent: z.string() }),
      run: async ({ session, params, request, ip, reference, now }) => {
        if (!session) throw new Refusal(401, "signIn");
        const origin = { request, ip, reference, now };
        const headers = await accept(keyOf(params.token), { userId: session.user.id }, origin).catch(explain);
        return welcomed(headers);
      },
    },
    reset: {
      form: z.object(passwords).refine(same, Mismatch),
      run: async ({ form, params, request, ip, reference, now }) => {
        const key = keyOf(params.token);
        const link = await withAuth(now, (tx) => findLink(tx, key.cityId, key.tokenHash));
        judge(form.password, link?.resets?.username ?? "");
        const passwordHash = await hashPassword(form.password);
        const headers = await resetPassword(key, passwordHash, { request, ip, reference, now }).catch(
          explain,
        );
        headers.append("Set-Cookie", flashCookie("login:invite.resetDone"));
        return redirect("/", { headers });
      },
    },
  },
});

function keyOf(token: string) {
  const key = parseInvitation(token);
  if (!key) throw notFound("login:link.unknown");
  return key;
}

function judge(password: string, username: string): void {
  const weakness = weaknessKey(password, username);
  if (weakness) throw unprocessable(undefined, { params: { count: 1 }, fields: { password: weakness } });
}

function welcomed(headers: Headers): Response {
  headers.append("Set-Cookie", flashCookie("login:invite.accepted"));
  return redirect("/", { headers });
}

function explain(error: unknown): never {
  if (error instanceof UsernameTaken)
    throw unprocessable(undefined, {
      params: { count: 1 },
      fields: { username: "login:invite.username.taken" },
    });
  if (!(error instanceof LinkRefused)) throw error;
  throw new Refusal(error.reason === "already" ? 409 : 410, `login:link.${error.reason}`);
}

export default function InvitationPage() {
  const data = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  return (
    <FrontFrame>
      <InvitationForms {...data} refused={refused} />
    </FrontFrame>
  );
}
