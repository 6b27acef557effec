import { recordOfToken } from "@muster/db/queries/cards/read";
import { redirect } from "@remix-run/node";
import { TokenParams } from "~/features/cards/forms";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";

/** Where a card's QR code leads: to the person's page for who may see it, to nothing for everybody else. */
export const loader = read(
  { authorization: { action: "read", subject: "Person" }, params: TokenParams },
  async ({ scoped, params }) => {
    const id = await scoped((tx) => recordOfToken(tx, params.token));
    if (!id) throw notFound();
    return redirect(`/people/${id}`);
  },
);
