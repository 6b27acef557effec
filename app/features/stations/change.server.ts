import type { StationOutcome } from "@muster/db/queries/stations/outcome";
import type { StationRow } from "@muster/db/queries/stations/row";
import type { StructurePlan } from "@muster/db/queries/stations/structure";
import { type LocalDate, localDate } from "@muster/domain/period";
import { formatDate } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import type { ReadScope } from "~/server/prepare.server";
import { admitted } from "./access.server";
import type { Preview } from "./change-screen";
import { type Effects, effectsOf } from "./effects";
import { settled } from "./refusal.server";

export type ChangeKind = "rename" | "close" | "reopen" | "move" | "merge";

interface Asking extends Pick<Permissions, "demand"> {
  scoped: ReadScope;
  params: { stationId: number };
  t: Translate;
  locale: Locale;
  now: Date;
}

/** What every change page starts from: the station, the day, and what else the form needs. */
export async function loadChange<T>(
  { scoped, params, now, ...permissions }: Asking,
  also: (tx: Tx, station: StationRow) => Promise<T>,
): Promise<{ station: Pick<StationRow, "id" | "name" | "version">; today: LocalDate; choices: T }> {
  return scoped(async (tx) => {
    const station = await admitted(tx, params.stationId, permissions, "manage_structure");
    const { id, name, version } = station;
    return { station: { id, name, version }, today: localDate(now), choices: await also(tx, station) };
  });
}

interface Entered {
  on: LocalDate;
  version: number;
}

/** Says what a change would do, as the page shows it; nothing is written. */
export async function previewChange<F extends Entered>(
  asking: Asking & { form: F },
  kind: Exclude<ChangeKind, "rename">,
  plan: (tx: Tx, form: F & { stationId: number }) => Promise<StationOutcome<StructurePlan>>,
): Promise<Preview> {
  const { scoped, params, form, locale } = asking;
  const found = await scoped(async (tx) => {
    await admitted(tx, params.stationId, asking, "manage_structure");
    return plan(tx, { ...form, stationId: params.stationId });
  });
  const value = settled(found, locale, Object.keys(form));
  const { station, target } = value;
  return previewOf(asking, kind, effectsOf(value), {
    name: station.name,
    from: station.ancestors.at(-1)?.name ?? "",
    to: target?.name ?? "",
  });
}

/** The preview as the page shows it. */
export function previewOf<F extends Entered>(
  { form, t, locale }: Pick<Asking, "t" | "locale"> & { form: F },
  kind: ChangeKind,
  effects: Effects,
  names: { name: string; from: string; to: string },
): Preview {
  return {
    ok: true,
    entered: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])),
    lead: t(`stations:change.lead.${kind}`, { on: formatDate(form.on, locale), ...names }),
    effects,
  };
}

/** Carries a change out and answers what was done, for the message on the next page. */
export async function confirmChange<F extends Entered, T>(
  asking: Asking & { form: F; scoped: { write: ReadScope } },
  command: (tx: Tx, form: F & { stationId: number }) => Promise<StationOutcome<T>>,
): Promise<T> {
  const { scoped, params, form, locale } = asking;
  const outcome = await scoped.write(async (tx) => {
    await admitted(tx, params.stationId, asking, "manage_structure");
    return command(tx, { ...form, stationId: params.stationId });
  });
  return settled(outcome, locale, Object.keys(form));
}
