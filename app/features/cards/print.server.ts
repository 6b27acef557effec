import { type CardPrint, printCards } from "@muster/db/queries/cards/read";
import type { Permissions } from "~/server/authorization.server";
import { unprocessable } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import type { WriteScope } from "~/server/route.server";
import { type CardFace, facesOf } from "./faces.server";

/** The faces of the cards that were asked for, logged card by card; refused when none of them can be printed. */
export async function printed(
  { scoped, demand }: { scoped: WriteScope } & Pick<Permissions, "demand">,
  form: { ids: string[]; purpose: string },
): Promise<CardFace[]> {
  const cards = await scoped.write(async (tx): Promise<CardPrint[]> => {
    const found = await printCards(tx, keyring(), form);
    for (const { stationId, path } of found) demand("reveal", "Person", { stationId, path });
    return found;
  });
  if (cards.length === 0) throw unprocessable("cards:print.none");
  return facesOf(cards);
}
