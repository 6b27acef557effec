import { excuse, remind } from "@muster/db/queries/month-steps";
import { addRemark } from "@muster/db/queries/remarks";
import { type Report, readReport } from "@muster/db/queries/report-row";
import { acceptReport, amendReport, type ReportAddress, returnReport } from "@muster/db/queries/reports";
import { reviewQueue } from "@muster/db/queries/review";
import { inWorkingOrder, nextWaiting } from "@muster/domain/queue";
import { z } from "zod";
import type { Tx } from "~/server/database.server";
import { notFound, unprocessable } from "~/server/errors.server";
import type { Intent, WriteContext } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import type { LOOKS_AT_OTHERS } from "./access.server";
import { queueHref, reportHref } from "./links";
import { QueueSearch } from "./queue-model.server";

type Ctx<F> = WriteContext<typeof LOOKS_AT_OTHERS, ReportAddress, Record<never, never>, F>;

const Version = z.coerce.number().int().min(0);
const Reason = z.string().trim().min(1).max(200);

const Return = z.looseObject({ version: Version, dueOn: z.string(), cell: z.array(z.string().max(40)) });
const Accept = z.object({ version: Version, cell: z.array(z.string()).default([]) });
const Because = z.object({ reason: Reason });
const Amend = z.object({ reason: Reason, version: Version });
const Remark = z.object({
  indicator: z.string().max(40).default(""),
  body: z.string().trim().min(1).max(500),
});
const Nothing = z.object({});

/** The report, if it is in scope: the act itself is asked of it afterwards. */
async function found(tx: Tx, { stationId, period }: ReportAddress): Promise<Report> {
  const report = await readReport(tx, stationId, period);
  if (!report) throw notFound();
  return report;
}

/** The list's filter in an address, so that a decision leads on within it. */
function filterOf(url: URL): QueueSearch {
  return QueueSearch.parse(Object.fromEntries(url.searchParams));
}

/** The reason typed beside each ticked cell; what is not ticked is not sent back, whatever was typed there. */
function reasonsOf(form: z.output<typeof Return>): Record<string, string> {
  return Object.fromEntries(
    form.cell.map((code) => {
      const reason = form[`reason.${code}`];
      return [code, typeof reason === "string" ? reason.slice(0, 200) : ""];
    }),
  );
}

async function sendBack({ form, params, scoped, demand, locale, url, done }: Ctx<z.output<typeof Return>>) {
  const figures = reasonsOf(form);
  const { name, next } = await scoped.write(async (tx) => {
    const { stationId, reviewerId } = await found(tx, params);
    demand("return", "MonthlyReport", { stationId, reviewerId });
    settled(await returnReport(tx, params, { figures, dueOn: form.dueOn, version: form.version }), locale);
    return nextOf(tx, params, reviewerId);
  });
  const filter = filterOf(url);
  const to = next === null ? queueHref(params.period, filter) : reportHref(next, params.period, filter);
  return done(to, "review:decide.returned", { name, count: form.cell.length });
}

async function accept({ form, params, scoped, demand, locale, url, done }: Ctx<z.output<typeof Accept>>) {
  if (form.cell.length > 0) throw unprocessable("review:decide.untick");
  const { name, next } = await scoped.write(async (tx) => {
    const { stationId, reviewerId } = await found(tx, params);
    demand("accept", "MonthlyReport", { stationId, reviewerId });
    settled(await acceptReport(tx, params, { version: form.version }), locale);
    return nextOf(tx, params, reviewerId);
  });
  const filter = filterOf(url);
  return next === null
    ? done(queueHref(params.period, filter), "review:decide.acceptedAll", { name })
    : done(reportHref(next, params.period, filter), "review:decide.accepted", { name });
}

/** Its name, and which one to look at next. */
async function nextOf(tx: Tx, { stationId, period }: ReportAddress, reviewerId: number) {
  const queue = inWorkingOrder(await reviewQueue(tx, reviewerId, period));
  const name = queue.find((row) => row.stationId === stationId)?.name ?? "";
  return { name, next: nextWaiting(queue, stationId)?.stationId ?? null };
}

async function amend({ form, params, scoped, demand, locale, url, done }: Ctx<z.output<typeof Amend>>) {
  const name = await scoped.write(async (tx) => {
    const { stationId, reviewerId } = await found(tx, params);
    demand("amend", "MonthlyReport", { stationId, reviewerId });
    settled(await amendReport(tx, params, form), locale);
    return (await nextOf(tx, params, reviewerId)).name;
  });
  return done(url.pathname + url.search, "review:decide.amended", { name });
}

async function setExcuse(ctx: Ctx<unknown>, reason: string) {
  const { params, scoped, demand, locale, url, done } = ctx;
  const name = await scoped.write(async (tx) => {
    const { reportsTo, reviewerId } = await found(tx, params);
    // Whoever signs the month off answers for what is missing in it.
    demand("sign_off", "Month", { stationId: reportsTo });
    settled(await excuse(tx, { ...params, reason }), locale);
    return (await nextOf(tx, params, reviewerId)).name;
  });
  const message = reason ? "review:missing.excused" : "review:missing.unexcused";
  return done(url.pathname + url.search, message, { name });
}

async function remindOne({ params, scoped, demand, url, done }: Ctx<unknown>) {
  const name = await scoped.write(async (tx) => {
    const { stationId, reviewerId } = await found(tx, params);
    demand("remind", "Reminder", { stationId, reviewerId });
    if ((await remind(tx, { stationIds: [stationId], period: params.period })) === 0) throw notFound();
    return (await nextOf(tx, params, reviewerId)).name;
  });
  return done(url.pathname + url.search, "review:missing.remindedNow", { name });
}

async function remark({ form, params, scoped, demand, locale, url, done }: Ctx<z.output<typeof Remark>>) {
  await scoped.write(async (tx) => {
    const { stationId } = await found(tx, params);
    demand("remark", "Remark", { stationId });
    settled(await addRemark(tx, params, { indicator: form.indicator || null, body: form.body }), locale);
  });
  return done(url.pathname + url.search, "review:remark.sent");
}

/** Everything a reader may do to the report on screen, by the form's intent. */
export const reportSteps = {
  return: {
    authorization: { action: "return", subject: "MonthlyReport" },
    form: Return,
    run: sendBack,
  } satisfies Intent<Ctx<z.output<typeof Return>>, z.output<typeof Return>>,
  accept: {
    authorization: { action: "accept", subject: "MonthlyReport" },
    form: Accept,
    run: accept,
  } satisfies Intent<Ctx<z.output<typeof Accept>>, z.output<typeof Accept>>,
  amend: {
    authorization: { action: "amend", subject: "MonthlyReport" },
    form: Amend,
    run: amend,
  } satisfies Intent<Ctx<z.output<typeof Amend>>, z.output<typeof Amend>>,
  excuse: {
    authorization: { action: "sign_off", subject: "Month" },
    form: Because,
    run: (ctx: Ctx<z.output<typeof Because>>) => setExcuse(ctx, ctx.form.reason),
  } satisfies Intent<Ctx<z.output<typeof Because>>, z.output<typeof Because>>,
  unexcuse: {
    authorization: { action: "sign_off", subject: "Month" },
    form: Nothing,
    run: (ctx: Ctx<z.output<typeof Nothing>>) => setExcuse(ctx, ""),
  } satisfies Intent<Ctx<z.output<typeof Nothing>>, z.output<typeof Nothing>>,
  remind: {
    authorization: { action: "remind", subject: "Reminder" },
    form: Nothing,
    run: remindOne,
  } satisfies Intent<Ctx<z.output<typeof Nothing>>, z.output<typeof Nothing>>,
  remark: {
    authorization: { action: "remark", subject: "Remark" },
    form: Remark,
    run: remark,
  } satisfies Intent<Ctx<z.output<typeof Remark>>, z.output<typeof Remark>>,
};
