import { PieceParams } from "~/features/evidence/forms.server";
import { serveFile } from "~/features/evidence/serve.server";
import { read } from "~/server/route.server";

/** A piece of evidence, for whoever may see the station it belongs to. */
export const loader = read(
  { authorization: { action: "read", subject: "Evidence" }, params: PieceParams },
  (context) => serveFile(context, "whole"),
);
