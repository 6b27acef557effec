import { signOff, signOffOf, withdrawSignOff } from "@muster/db/queries/month-steps";
import { monthToReview, reviewMonths, reviewQueue } from "@muster/db/queries/review";
import { localDate } from "@muster/domain/period";
import { pilesOf } from "@muster/domain/queue";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PeriodText } from "~/features/api/addresses.server";
import { excusedLines, excusesIn, openLines } from "~/features/review/closing-model.server";
import { SignOffPage } from "~/features/review/sign-off-page";
import { sentenceOf } from "~/features/review/words.server";
import { formatPeriod } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["review"],
  title: (t) => t("review:close.signOff"),
  crumbs: (t, data) => [
    { label: t("review:title"), to: `/review?period=${data.period}` },
    { label: t("review:close.signOff") },
  ],
});

const Search = z.object({ period: PeriodText.optional().catch(undefined) });
const SIGNS = { action: "sign_off", subject: "Month" } as const;

export const loader = read(
  { authorization: SIGNS, search: Search },
  async ({ scoped, search, actor, may, t, now }) => {
    // The city's way to close a month is the lock.
    if (actor.path === "/") throw redirect(`/review/lock${search.period ? `?period=${search.period}` : ""}`);
    return scoped(async (tx) => {
      const months = await reviewMonths(tx, actor.stationId, localDate(now));
      const period = search.period ?? monthToReview(months);
      const month = months.find((each) => each.period === period);
      if (!period || !month) throw notFound();
      const [rows, done] = await Promise.all([
        reviewQueue(tx, actor.stationId, period),
        signOffOf(tx, actor.stationId, period),
      ]);
      return {
        period,
        sentence: sentenceOf(rows, pilesOf(rows), t),
        piles: pilesOf(rows),
        total: rows.length,
        open: openLines(rows, t),
        done: done && {
          by: done.signedOffBy,
          at: done.signedOffAt,
          excused: excusedLines(done.excused, rows),
        },
        locked: month.locked,
        may: {
          signOff: may("sign_off", "Month", { stationId: actor.stationId }),
          withdraw: may("withdraw_sign_off", "Month", { stationId: actor.stationId }),
        },
      };
    });
  },
);

const Excuses = z.looseObject({ period: PeriodText });
const Withdrawal = z.object({ period: PeriodText, reason: z.string().trim().min(1).max(200) });

export const action = write({
  authorization: SIGNS,
  intents: {
    sign: {
      form: Excuses,
      run: async ({ form, scoped, actor, demand, locale, t, done }) => {
        const { period } = form;
        const { stationId } = actor;
        demand("sign_off", "Month", { stationId });
        await scoped.write(async (tx) => {
          const excused = excusesIn(form, openLines(await reviewQueue(tx, stationId, period), t));
          settled(await signOff(tx, { stationId, period, excused }), locale);
        });
        const params = { period: formatPeriod(period, locale) };
        return done(`/review/sign-off?period=${period}`, "review:signOff.done", params);
      },
    },
    withdraw: {
      authorization: { action: "withdraw_sign_off", subject: "Month" },
      form: Withdrawal,
      run: async ({ form: { period, reason }, scoped, actor, demand, locale, done }) => {
        const { stationId } = actor;
        demand("withdraw_sign_off", "Month", { stationId });
        await scoped.write(async (tx) =>
          settled(await withdrawSignOff(tx, { stationId, period, reason }), locale),
        );
        const params = { period: formatPeriod(period, locale) };
        return done(`/review/sign-off?period=${period}`, "review:signOff.withdrawn", params);
      },
    },
  },
});

export default function SignOff() {
  const month = useLoaderData<typeof loader>();
  return <SignOffPage month={month} refused={refusalIn(useActionData<typeof action>())} />;
}
