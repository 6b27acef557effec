import { json } from "@remix-run/node";
import { z } from "zod";
import { progressOf } from "~/features/registers/import-progress.server";
import { read } from "~/server/route.server";

/** How far the reader's own file is, for the page that waits for it. */
export const loader = read(
  {
    authorization: { action: "import", subject: "Person" },
    search: z.object({ run: z.string().max(40).catch("") }),
  },
  ({ actor, search }) => json(progressOf(actor.userId, search.run)),
);
