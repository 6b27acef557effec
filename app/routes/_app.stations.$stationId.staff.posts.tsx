import { addLeader, endLeader, leadersOf, postsOf, savePosts } from "@muster/db/queries/staff/posts";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationToWrite } from "~/features/staff/access.server";
import { EndForm, LeaderForm, PostsForm } from "~/features/staff/forms";
import { GroupForms, PostsHistory } from "~/features/staff/posts-forms";
import { settled } from "~/features/staff/refusal.server";
import { StationParams } from "~/features/stations/forms";
import { read, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Staff" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t) => t("staff:posts.page"),
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title"), to: `/stations/${station.id}/staff` },
    { label: t("staff:posts.page") },
  ],
});

export const loader = read(route, ({ scoped, params, now, demand }) =>
  scoped(async (tx) => {
    const station = headOf(await stationToWrite(tx, params.stationId, { demand }));
    const [posts, leaders] = await Promise.all([postsOf(tx, station.id), leadersOf(tx, station.id)]);
    return { station, posts, leaders, today: localDate(now) };
  }),
);

export const action = write({
  ...route,
  intents: {
    posts: {
      form: PostsForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return savePosts(tx, { stationId, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff`, "staff:flash.posts");
      },
    },
    leader: {
      form: LeaderForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return addLeader(tx, { stationId, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff/posts`, "staff:flash.leader", { name: form.name });
      },
    },
    leave: {
      form: EndForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return endLeader(tx, { stationId, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff/posts`, "staff:flash.leaderLeft");
      },
    },
  },
});

export default function PostsAndGroup() {
  const { station, posts, leaders, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["staff"]);
  return (
    <>
      <PageHeader title={`${station.name} · ${t("posts.page")}`} />
      <div className="grid max-w-4xl gap-4">
        <PostsHistory data={data} posts={posts} today={today} />
        {station.level !== "village" && <GroupForms data={data} leaders={leaders} today={today} />}
      </div>
    </>
  );
}
