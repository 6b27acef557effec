import { listCities } from "@muster/db/queries/cities";
import { forgetAnswers } from "@muster/db/queries/idempotency";
import { deleteExpiredAttempts } from "@muster/db/queries/identity/login-attempts";
import { deleteExpiredSessions } from "@muster/db/queries/identity/sessions";
import { openMonthsUpTo } from "@muster/db/queries/months";
import { systemCaller, withScope } from "@muster/db/scope";
import { faultsOfServingRole } from "@muster/db/serving-role";
import { localDate, periodOf } from "@muster/domain/period";
import { now } from "./clock.server";
import { pools, withAuth } from "./database.server";
import { sweepOnce } from "./files.server";
import { refuseForeignKeys } from "./keys.server";
import { log } from "./log.server";
import { onStop } from "./stop.server";

/** The calendar is looked at every minute: a new month is there at most that long after midnight. */
const MINUTE_MS = 60_000;

/** A retry with an Idempotency-Key comes within seconds; two days also cover a phone that was switched off. */
const ANSWERS_KEPT_MS = 2 * 24 * 60 * MINUTE_MS;

/**
 * Before the first request: refuses a database role that would see past the policies, and opens the months that
 * are due. Throws with sentences for the operator; the caller does not listen then.
 */
export async function prepareToServe(): Promise<void> {
  const faults = await pools().app.statement(({ sql }) => faultsOfServingRole(sql));
  if (faults.length > 0) {
    throw new Error(`${faults.join(" ")} DATABASE_URL must name muster_app, see the README.`);
  }
  await refuseForeignKeys(now());
  await openDueMonths();
  // Not waited for: a bucket that does not answer must not keep the months from being filed.
  void sweepOnce(now()).catch((error) =>
    log().error({ err: error }, "files could not be compared with rows"),
  );
  const timers = [
    every(MINUTE_MS, "months could not be opened", openDueMonths),
    every(60 * MINUTE_MS, "old answers could not be forgotten", forgetOldAnswers),
    every(60 * MINUTE_MS, "expired sessions could not be forgotten", forgetExpired),
  ];
  onStop("calendar", async () => timers.forEach(clearInterval));
}

function every(milliseconds: number, failure: string, work: () => Promise<void>): NodeJS.Timeout {
  return setInterval(() => {
    work().catch((error) => log().error({ err: error }, failure));
  }, milliseconds).unref();
}

async function forgetOldAnswers(): Promise<void> {
  const instant = now();
  const before = new Date(instant.getTime() - ANSWERS_KEPT_MS);
  for (const { cityId } of await withAuth(instant, listCities)) {
    await withScope(pools().app, systemCaller(cityId, instant), { readOnly: false }, (tx) =>
      forgetAnswers(tx, before),
    );
  }
}

async function forgetExpired(): Promise<void> {
  await withAuth(now(), async (tx) => {
    await deleteExpiredSessions(tx);
    await deleteExpiredAttempts(tx);
  });
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
