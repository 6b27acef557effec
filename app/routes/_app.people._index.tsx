import { confirmPeople } from "@muster/db/queries/people/archive";
import { findByNumber } from "@muster/db/queries/people/list";
import { findPerson } from "@muster/db/queries/people/row";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ChosenPeople } from "~/features/cards/forms";
import { placeOf } from "~/features/people/access.server";
import { BulkForm, FindForm } from "~/features/people/forms";
import { LONG_NUMBER, PeopleSearch, withoutNumbers } from "~/features/people/list-view.server";
import { peopleModel } from "~/features/people/people.server";
import { PeoplePage } from "~/features/people/people-page";
import { viewAddress } from "~/features/registers/views.server";
import { unprocessable } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["people", "registers", "cards"],
  title: (t) => t("people:title"),
  crumbs: (t) => [{ label: t("people:title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Person" }, search: PeopleSearch },
  ({ scoped, search, ...reader }) => {
    const clean = withoutNumbers(reader.url);
    if (clean) throw redirect(clean);
    return scoped((tx) => peopleModel(tx, search, reader));
  },
);

export const action = write({
  authorization: { action: "read", subject: "Person" },
  intents: {
    find: {
      form: FindForm,
      run: async ({ scoped, form, done }) => {
        const search = new URLSearchParams(form.query);
        for (const name of ["q", "after", "before", "index"]) search.delete(name);
        if (LONG_NUMBER.test(form.q)) {
          const id = await scoped((tx) => findByNumber(tx, keyring(), form.q));
          if (!id)
            throw unprocessable("unprocessable", {
              params: { count: 1 },
              fields: { q: "people:search.none" },
            });
          return done(`/people/${id}`);
        }
        if (form.q !== "") search.set("q", form.q);
        return done(viewAddress("people", String(search)));
      },
    },
    cards: {
      authorization: { action: "update", subject: "Person" },
      form: ChosenPeople,
      run: async ({ form, done }) =>
        done(`/cards/new?${new URLSearchParams(form.ids.map((id) => ["ids", id]))}`),
    },
    confirm: {
      authorization: { action: "update", subject: "Person" },
      form: BulkForm,
      run: async ({ scoped, form, may, done }) => {
        const count = await scoped.write(async (tx) => {
          const mine: string[] = [];
          for (const id of form.ids) {
            const row = await findPerson(tx, id);
            if (row && may("update", "Person", placeOf(row))) mine.push(id);
          }
          return confirmPeople(tx, mine);
        });
        return done("/people", "people:flash.confirmed", { count });
      },
    },
  },
});

export default function People() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  return <PeoplePage model={model} data={data} />;
}
