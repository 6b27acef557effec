import { listCities } from "@muster/db/queries/cities";
import { openMonthsUpTo } from "@muster/db/queries/months";
import { systemCaller, withScope } from "@muster/db/scope";
import { faultsOfServingRole } from "@muster/db/serving-role";
import { localDate, periodOf } from "@muster/domain/period";
import { now } from "./clock.server";
import { pools, withAuth } from "./database.server";
import { log } from "./log.server";
import { onStop } from "./stop.server";

/** How often the calendar is looked at: a new month is there at most this long after midnight. */
const EVERY_MS = 60_000;

/**
 * Before the first request: refuses a database role that would see past the policies, and opens the months that
 * are due. Throws with sentences for the operator; the caller does not listen then.
 */
export async function prepareToServe(): Promise<void> {
  const faults = await pools().app.statement(({ sql }) => faultsOfServingRole(sql));
  if (faults.length > 0) {
    throw new Error(`${faults.join(" ")} DATABASE_URL must name muster_app, see the README.`);
  }
  await openDueMonths();
  const timer = setInterval(() => {
    openDueMonths().catch((error) => log().error({ err: error }, "months could not be opened"));
  }, EVERY_MS);
  timer.unref();
  onStop("months", async () => clearInterval(timer));
}

let latest = "";

/** Opens the current month in every city, and any before it that is still missing. One city's fault stops no other. */
async function openDueMonths(): Promise<void> {
  const instant = now();
  const current = periodOf(localDate(instant));
  const cities = await withAuth(instant, listCities);
  const seen = `${current} ${cities.map((c) => c.cityId).join()}`;
  if (seen === latest) return;
  let failed = false;
  for (const { cityId } of cities) {
    try {
      const opened = await withScope(pools().app, systemCaller(cityId, instant), { readOnly: false }, (tx) =>
        openMonthsUpTo(tx, current),
      );
      if (opened.length > 0) log().info({ cityId, opened }, "months opened");
    } catch (error) {
      failed = true;
      log().error({ err: error, cityId }, "a month could not be opened");
    }
  }
  if (!failed) latest = seen;
}
