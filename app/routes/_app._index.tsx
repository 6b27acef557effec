import { markRead } from "@muster/db/queries/todos";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { homeModel } from "~/features/home/home-model.server";
import { HomePage } from "~/features/home/home-page";
import { read, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["home"],
  title: (t) => t("home:title"),
  crumbs: (t) => [{ label: t("home:title") }],
});

export const loader = read({ authorization: "signed-in" }, ({ scoped, ...reader }) => {
  // An operator has no station, hence nothing owed: the cities are all there is.
  if (reader.actor.role === "operator") throw redirect("/cities");
  return scoped((tx) => homeModel(tx, reader));
});

export const action = write(
  {
    // Messages go to those who fill in the station's report; others have nothing to mark.
    authorization: { action: "fill", subject: "MonthlyReport" },
    form: z.object({ message: z.union([z.uuid(), z.literal("all")]) }),
  },
  async ({ form, scoped, actor, done }) => {
    const id = form.message === "all" ? null : form.message;
    await scoped.write((tx) => markRead(tx, actor.stationId, id));
    return done("/", "home:messages.marked");
  },
);

export default function Home() {
  return <HomePage home={useLoaderData<typeof loader>()} />;
}
