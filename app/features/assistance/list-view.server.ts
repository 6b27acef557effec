import type { CaseFilter } from "@muster/db/queries/assistance/list";
import type { AssistanceType } from "@muster/db/queries/assistance/types";
import { parsePeriod } from "@muster/domain/period";
import type { z } from "zod";
import type { Locale } from "~/i18n/locales";
import type { LedgerSearch } from "./forms";

/** A search as the query takes it, with the station and the human being asked for. */
export function filterOf(
  search: z.output<typeof LedgerSearch>,
  { station, personId }: { station: { id: number; path: string } | null; personId?: string },
): CaseFilter {
  const { state, stage, type, category, age, refusal, by, figure } = search;
  const period = parsePeriod(search.period);
  const from = parsePeriod(search.from);
  const to = parsePeriod(search.to) ?? from;
  return {
    ...(station ? (search.own ? { stationId: station.id } : { path: station.path }) : {}),
    ...(state ? { state } : {}),
    ...(stage ? { stage } : {}),
    ...(type ? { type } : {}),
    ...(category ? { category } : {}),
    ...(age ? { age } : {}),
    ...(refusal ? { refusal } : {}),
    ...(personId ? { personId } : {}),
    ...(from && to ? { [by ?? "applied"]: { from, to } } : {}),
    ...(figure && period ? { counted: { figure, period } } : {}),
  };
}

/** A kind as lists and choices name it. */
export interface NamedType {
  code: string;
  name: string;
}

/** Every kind the city ever granted by its latest name, in its order. */
export function namedTypes(types: readonly AssistanceType[], locale: Locale): NamedType[] {
  const names = new Map(types.map(({ code, name }) => [code, locale === "zh-CN" ? name.zh : name.en]));
  return [...names].map(([code, name]) => ({ code, name }));
}
