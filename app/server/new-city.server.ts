import { createInvitation } from "@muster/db/queries/identity/invitations";
import { type ScopedTx, withScope } from "@muster/db/scope";
import { CityCodeTaken, createCity, nextCityId } from "@muster/db/seed/city";
import type { Actor } from "@muster/domain/actor";
import { firstDay, localDate, periodOf } from "@muster/domain/period";
import { pools } from "./database.server";
import { unprocessable } from "./errors.server";
import { newInvitationLink } from "./invitation-link.server";

/** Who creates, and when; the new city's log says so. */
interface Founder {
  actor: Actor;
  ip: string;
  reference: string;
  now: Date;
}

interface Named {
  /** Full name of the first administrator. */
  administrator: string;
}

/**
 * Opens the scope of one whole city for the operator. This file is the only one that does, to create a city and to
 * send for its first administrator; neither reads anything of what is in it.
 */
function inCity<T>(
  { actor, ...rest }: Founder,
  cityId: number,
  fn: (tx: ScopedTx) => Promise<T>,
): Promise<T> {
  return withScope(pools().app, { ...rest, actor: { ...actor, cityId, path: "/" } }, { readOnly: false }, fn);
}

/**
 * Creates a city with its root station and first catalogue, valid from this month, and answers the link for its
 * first administrator. Refuses a code that is taken.
 */
export async function foundCity(
  founder: Founder,
  city: Named & { code: string; name: string },
): Promise<string> {
  const { code, name, administrator } = city;
  const validFrom = periodOf(localDate(founder.now));
  const cityId = await nextCityId(pools().app);
  const { address, tokenHash } = newInvitationLink(cityId);
  try {
    await inCity(founder, cityId, async (tx) => {
      const { rootStationId: id } = await createCity(tx, {
        code,
        name,
        openedOn: firstDay(validFrom),
        validFrom,
      });
      const station = { id, name, path: "/" };
      await createInvitation(tx, {
        tokenHash,
        station,
        role: "city_admin",
        name: administrator,
        resetsUserId: null,
      });
    });
  } catch (error) {
    if (!(error instanceof CityCodeTaken)) throw error;
    throw unprocessable(undefined, { params: { count: 1 }, fields: { code: "settings:cities.codeTaken" } });
  }
  return address;
}

/** A further link for a city that has no administrator in office: the first link was lost, or the last one left. */
export async function inviteAdministrator(
  founder: Founder,
  city: Named & { cityId: number; name: string; rootStationId: number },
): Promise<string> {
  const { cityId, name, rootStationId: id, administrator } = city;
  const { address, tokenHash } = newInvitationLink(cityId);
  await inCity(founder, cityId, (tx) =>
    createInvitation(tx, {
      tokenHash,
      station: { id, name, path: "/" },
      role: "city_admin",
      name: administrator,
      resetsUserId: null,
    }),
  );
  return address;
}
