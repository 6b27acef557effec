import { contentDisposition } from "@muster/reports/download";
import { PrintForm } from "~/features/cards/forms";
import { cardsPdf } from "~/features/cards/pdf.server";
import { printed } from "~/features/cards/print.server";
import { write } from "~/server/route.server";

/** The cards as a file for the printer's shop. Asked for by a form: what for is written down as for the page. */
export const action = write(
  { authorization: { action: "reveal", subject: "Person" }, form: PrintForm },
  async ({ form, t, ...context }) => {
    const body = await cardsPdf(await printed(context, form), t("cards:title"));
    return new Response(body as BodyInit, {
      headers: {
        "Content-Type": "application/pdf",
        "Content-Disposition": contentDisposition(`${t("cards:title")}.pdf`),
        "Content-Length": String(body.byteLength),
      },
    });
  },
);
