import {
  addCategory,
  confirmPeople,
  endCategory,
  endPerson,
  mergePerson,
  reinstatePerson,
  revealPart,
} from "@muster/db/queries/people/archive";
import type { PersonOutcome } from "@muster/db/queries/people/outcome";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { personFor } from "~/features/people/access.server";
import {
  CategoryForm,
  EndCategoryForm,
  LeaveForm,
  MergeForm,
  NothingForm,
  PersonParams,
  ReinstateForm,
  RevealForm,
} from "~/features/people/forms";
import { personModel } from "~/features/people/person.server";
import { PersonPage } from "~/features/people/person-page";
import { settled } from "~/features/people/refusal.server";
import type { Tx } from "~/server/database.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["people", "visits", "cards", "reception", "petitions", "assistance"],
  menu: "/people",
  title: (_, { person }) => person.name,
  crumbs: (t, { person }) => [{ label: t("people:title"), to: "/people" }, { label: person.name }],
});

const route = { authorization: { action: "read", subject: "Person" }, params: PersonParams } as const;
const update = { action: "update", subject: "Person" } as const;
const here = (id: string) => `/people/${id}`;

export const loader = read(route, ({ scoped, params, ...reader }) =>
  scoped((tx) => personModel(tx, params.personId, reader)),
);

type Change<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof PersonParams>,
  Record<never, never>,
  z.output<F>
>;

/** One form that changes the record, for whoever keeps it; a refusal stands beside its field, if it has one to see. */
function change<F extends z.ZodType<Record<string, unknown>>>(
  form: F,
  message: `people:flash.${"saved" | "left" | "reinstated"}`,
  run: (tx: Tx, input: z.output<F> & { id: string }) => Promise<PersonOutcome<unknown>>,
  hasFields = true,
) {
  return {
    authorization: update,
    form,
    run: async ({ scoped, params: { personId: id }, form: sent, demand, locale, done }: Change<F>) => {
      const outcome = await scoped.write(async (tx) => {
        await personFor(tx, id, "update", { demand });
        return run(tx, { ...sent, id });
      });
      settled(outcome, locale, hasFields ? Object.keys(sent) : []);
      return done(here(id), message);
    },
  };
}

export const action = write({
  ...route,
  intents: {
    reveal: {
      authorization: { action: "reveal", subject: "Person" },
      form: RevealForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "reveal", { demand });
          return revealPart(tx, keyring(), { id, ...form });
        });
        const { content } = settled(outcome, locale);
        return { ok: true as const, revealed: form.part, content };
      },
    },
    confirm: {
      authorization: update,
      form: NothingForm,
      run: async ({ scoped, params: { personId: id }, demand, done }) => {
        const count = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return confirmPeople(tx, [id]);
        });
        return done(here(id), "people:flash.confirmed", { count });
      },
    },
    category: change(CategoryForm, "people:flash.saved", addCategory),
    endCategory: change(EndCategoryForm, "people:flash.saved", endCategory, false),
    leave: change(LeaveForm, "people:flash.left", endPerson),
    reinstate: change(ReinstateForm, "people:flash.reinstated", (tx, input) =>
      reinstatePerson(tx, keyring(), input),
    ),
    merge: {
      authorization: update,
      form: MergeForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          await personFor(tx, form.into, "update", { demand });
          return mergePerson(tx, { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(here(form.into), "people:flash.merged");
      },
    },
  },
});

export default function Person() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  return <PersonPage model={model} data={data} />;
}
