import { createInvitation, mayResetPassword } from "@muster/db/queries/identity/invitations";
import { changeRole, endMembership } from "@muster/db/queries/identity/memberships";
import { revokeMembership } from "@muster/db/queries/identity/sessions";
import { ROLES, rolesAt } from "@muster/domain/actor";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { setActive } from "~/features/identity/deactivation.server";
import { OnceShown } from "~/features/identity/once-shown";
import { ManagePerson, RolesOfPerson } from "~/features/identity/person";
import { knownPerson, roleHolder } from "~/features/identity/role-holder.server";
import { withAuth } from "~/server/database.server";
import { conflict, unprocessable } from "~/server/errors.server";
import { newInvitationLink } from "~/server/invitation-link.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

const Params = z.object({ membershipId: z.uuid() });

export const handle = page<typeof loader>({
  i18n: ["users", "settings"],
  title: (_, data) => data.person.name,
  crumbs: (t, data) => [{ label: t("nav:users"), to: "/users" }, { label: data.person.name }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Membership" }, params: Params },
  ({ params, ...context }) => roleHolder(params.membershipId, context),
);

const authorization = { action: "deactivate", subject: "Membership" } as const;
const Reason = z.object({ intent: z.string(), reason: z.string().trim().max(200) });

export const action = write({
  authorization,
  params: Params,
  intents: {
    end: {
      form: Reason,
      run: async ({ form, params, scoped, demand, actor, now, done }) => {
        await scoped.write(async (tx) => {
          const { userId, path } = await knownPerson(tx, params.membershipId);
          demand("deactivate", "Membership", { userId, path });
          if (!(await endMembership(tx, params.membershipId, form.reason)))
            throw conflict("users:person.already");
        });
        // Dead already by the commit above; this takes them off the person's lists.
        await withAuth(now, (tx) => revokeMembership(tx, actor.cityId, params.membershipId));
        return done("/users", "users:person.ended_done");
      },
    },
    deactivate: {
      form: Reason,
      run: async ({ form, params, scoped, demand, done, ...context }) => {
        const person = await scoped((tx) => knownPerson(tx, params.membershipId));
        demand("deactivate", "Membership", { userId: person.userId, path: person.path });
        await setActive(false, person, form.reason, context);
        return done(`/users/${person.id}`, "users:person.deactivated");
      },
    },
    reactivate: {
      form: Reason,
      run: async ({ form, params, scoped, demand, done, ...context }) => {
        const person = await scoped((tx) => knownPerson(tx, params.membershipId));
        demand("deactivate", "Membership", { userId: person.userId, path: person.path });
        await setActive(true, person, form.reason, context);
        return done(`/users/${person.id}`, "users:person.reactivated");
      },
    },
    role: {
      form: z.object({ intent: z.string(), role: z.enum(ROLES) }),
      run: async ({ form, params, scoped, demand, actor, now, done }) => {
        const next = await scoped.write(async (tx) => {
          const person = await knownPerson(tx, params.membershipId);
          const subject = { userId: person.userId, path: person.path };
          demand("deactivate", "Membership", subject);
          demand("invite", "Membership", subject);
          if (!rolesAt(person.level, person.kind).includes(form.role))
            throw unprocessable(undefined, {
              params: { count: 1 },
              fields: { role: "users:invite.roleNotHere" },
            });
          if (form.role === person.role) throw conflict("users:person.already");
          return changeRole(tx, params.membershipId, form.role);
        });
        if (!next) throw conflict("users:person.already");
        await withAuth(now, (tx) => revokeMembership(tx, actor.cityId, params.membershipId));
        return done(`/users/${next}`, "users:person.roleChanged");
      },
    },
    reset: {
      form: z.object({ intent: z.string() }),
      run: async ({ params, scoped, demand, actor, now }) => {
        const person = await scoped((tx) => knownPerson(tx, params.membershipId));
        demand("deactivate", "Membership", { userId: person.userId, path: person.path });
        if (person.endedAt) throw conflict("users:person.already");
        if (!(await withAuth(now, (tx) => mayResetPassword(tx, person.userId, actor))))
          throw unprocessable("users:person.resetElsewhere");
        const { address, tokenHash } = newInvitationLink(actor.cityId);
        const { userId: resetsUserId, role, name, stationId: id, stationName, path } = person;
        const station = { id, name: stationName, path };
        await scoped.write((tx) => createInvitation(tx, { tokenHash, station, role, name, resetsUserId }));
        return { ok: true as const, address };
      },
    },
  },
});

export default function PersonPage() {
  const { person, station, roles, account, ...manage } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["users"]);
  return (
    <>
      <PageHeader
        title={person.name}
        tag={account.disabled && <Tag tone="bad">{t("person.disabled")}</Tag>}
        note={`${person.username} · ${station} · ${person.role}`}
      />
      {account.disabled && (
        <Notice tone="warn" title={t("person.disabledTitle")} className="mb-4">
          <p className="m-0">
            {account.since} {account.fromAbove && t("person.reactivateAbove.next")}
          </p>
        </Notice>
      )}
      {data && "address" in data && (
        <OnceShown title={t("person.resetOnce")} note={t("invite.onceNote")} text={data.address} />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <RolesOfPerson roles={roles} />
        <ManagePerson {...manage} refused={refusalIn(data)} />
      </div>
    </>
  );
}
