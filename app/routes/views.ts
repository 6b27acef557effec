import { dropView, MOST_VIEWS, saveView } from "@muster/db/queries/registers/views";
import { DropViewForm, SaveViewForm, viewAddress } from "~/features/registers/views.server";
import { notFound, unprocessable } from "~/server/errors.server";
import { write } from "~/server/route.server";

/** Keeps and forgets views of a register's list; each goes back to the list. */
export const action = write({
  authorization: { action: "read", subject: "Station" },
  intents: {
    save: {
      form: SaveViewForm,
      run: async ({ scoped, form, done }) => {
        const saved = await scoped.write((tx) => saveView(tx, form));
        if (!saved)
          throw unprocessable("registers:refusal.tooManyViews", { params: { maximum: MOST_VIEWS } });
        return done(viewAddress(form.register, form.query), "registers:flash.saved", { name: form.name });
      },
    },
    drop: {
      form: DropViewForm,
      run: async ({ scoped, form, done }) => {
        if (!(await scoped.write((tx) => dropView(tx, form.id)))) throw notFound();
        return done(viewAddress(form.register), "registers:flash.dropped");
      },
    },
  },
});
