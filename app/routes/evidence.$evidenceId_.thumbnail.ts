import { PieceParams } from "~/features/evidence/forms.server";
import { serveFile } from "~/features/evidence/serve.server";
import { read } from "~/server/route.server";

/** A small drawing of an image, for lists. */
export const loader = read(
  { authorization: { action: "read", subject: "Evidence" }, params: PieceParams },
  (context) => serveFile(context, "thumbnail"),
);
