import { findPerson, rolesOfPerson } from "@muster/db/queries/identity/memberships";
import { rolesAt } from "@muster/domain/actor";
import { formatDateTime } from "~/i18n/format";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import type { Context } from "~/server/route.server";
import { accountView } from "./deactivation.server";

type Reader = Pick<
  Context<{ action: "read"; subject: "Membership" }, unknown, unknown>,
  "scoped" | "may" | "t" | "actor" | "now"
>;

/** Who holds a role in scope; 404 for anybody else. */
export async function knownPerson(tx: Tx, membershipId: string) {
  const person = await findPerson(tx, membershipId);
  if (!person) throw notFound();
  return person;
}

/** Everything the page of somebody with a role shows: their roles, their account, and what the reader may do. */
export async function roleHolder(membershipId: string, { scoped, may, t, actor, now }: Reader) {
  const { person, roles } = await scoped(async (tx) => {
    const person = await knownPerson(tx, membershipId);
    return { person, roles: await rolesOfPerson(tx, person.userId) };
  });
  const { userId, path, endedAt, level, kind } = person;
  const account = await accountView(userId, { actor, now }, t);
  const mayDecide = may("deactivate", "Membership", { userId, path });
  const others = rolesAt(level, kind).filter((role) => role !== person.role);
  return {
    person: { name: person.name, username: person.username, role: t(`nav:role.${person.role}`) },
    station: person.stationName,
    // For display only; the action asks again.
    mayEnd: endedAt === null && mayDecide,
    mayReset: endedAt === null && mayDecide && !account.disabled,
    mayDeactivate: endedAt === null && mayDecide && !account.disabled,
    mayReactivate: mayDecide && account.disabled && !account.fromAbove,
    account,
    otherRoles: others.map((value) => ({ value, label: t(`nav:role.${value}`) })),
    roles: roles.map((role) => ({
      id: role.id,
      current: role.id === person.id,
      station: role.stationName,
      role: t(`nav:role.${role.role}`),
      since: formatDateTime(role.since),
      ended:
        role.endedAt &&
        t("users:person.endedAt", { when: formatDateTime(role.endedAt), who: role.endedBy ?? "" }),
    })),
  };
}
