import { listCities } from "@muster/db/queries/cities";
import { administratorCounts } from "@muster/db/queries/identity/administrators";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { CityTable, NewCity } from "~/features/identity/cities";
import { OnceShown } from "~/features/identity/once-shown";
import { formatDateTime } from "~/i18n/format";
import { withAuth } from "~/server/database.server";
import { conflict, notFound } from "~/server/errors.server";
import { foundCity, inviteAdministrator } from "~/server/new-city.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

// A city's administrator reads the own city; the list of all is the operator's.
const authorization = { action: "create", subject: "City" } as const;

export const handle = page({
  i18n: ["settings", "users"],
  title: (t) => t("settings:cities.title"),
  crumbs: (t) => [{ label: t("settings:cities.title") }],
});

export const loader = read({ authorization }, ({ now }) =>
  withAuth(now, async (tx) => {
    const administrators = await administratorCounts(tx);
    const cities = await listCities(tx);
    return {
      cities: cities.map(({ cityId, code, name, demo, createdAt }) => ({
        cityId,
        code,
        name,
        demo,
        since: formatDateTime(new Date(createdAt)).slice(0, 10),
        administrators: administrators.get(cityId) ?? 0,
      })),
    };
  }),
);

const Person = z.string().trim().min(1).max(40);

export const action = write({
  authorization,
  intents: {
    create: {
      form: z.object({
        intent: z.string(),
        code: z
          .string()
          .trim()
          .regex(/^\d{12}$/, "settings:cities.codeShape"),
        name: z.string().trim().min(2).max(40),
        administrator: Person,
      }),
      run: async ({ form, actor, ip, reference, now }) => ({
        ok: true as const,
        city: form.name,
        address: await foundCity({ actor, ip, reference, now }, form),
      }),
    },
    invite: {
      form: z.object({
        intent: z.string(),
        city: z.coerce
          .number()
          .int()
          .positive()
          .max(2 ** 53),
        administrator: Person,
      }),
      run: async ({ form, actor, ip, reference, now }) => {
        const { city, administrators } = await withAuth(now, async (tx) => ({
          city: (await listCities(tx)).find(({ cityId }) => cityId === form.city),
          administrators: await administratorCounts(tx),
        }));
        if (!city) throw notFound();
        if (administrators.has(city.cityId)) throw conflict("settings:cities.hasAdministrator");
        const address = await inviteAdministrator(
          { actor, ip, reference, now },
          { ...city, administrator: form.administrator },
        );
        return { ok: true as const, city: city.name, address };
      },
    },
  },
});

export default function CitiesPage() {
  const { cities } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const refused = refusalIn(data);
  const { t } = useTranslation(["settings", "users"]);
  return (
    <>
      <PageHeader title={t("cities.title")} note={t("cities.note")} />
      {data && "address" in data && (
        <OnceShown
          title={t("cities.once", { city: data.city })}
          note={t("users:invite.onceNote")}
          text={data.address}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <CityTable cities={cities} refused={refused} />
        <NewCity key={cities.length} refused={refused} />
      </div>
    </>
  );
}
