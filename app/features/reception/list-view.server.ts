import type { ReceptionFilter } from "@muster/db/queries/reception/list";
import type { ReceptionRow } from "@muster/db/queries/reception/log";
import { openVisitor } from "@muster/db/queries/reception/sealed";
import type { Topic } from "@muster/db/queries/reception/topics";
import { type Period, parsePeriod } from "@muster/domain/period";
import { maskPhone } from "@muster/domain/person";
import {
  RECEPTION_CHANNELS,
  RECEPTION_PURPOSES,
  RECEPTION_STATES,
  type ReceptionState,
} from "@muster/domain/reception";
import { REGISTERS } from "@muster/domain/register";
import type { Keyring } from "@muster/secrets/keyring";
import { z } from "zod";
import type { Locale } from "~/i18n/locales";
import { LONG_NUMBER } from "../people/list-view.server";
import { ListSearch } from "../registers/search";
import { StationNumber } from "../stations/forms";
import { TopicCode, Uuid } from "./forms";

export const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Month = z
  .string()
  .refine((text) => parsePeriod(text) !== null)
  .transform((text) => text as Period);

/** What the counter log is asked for; anything odd counts as not asked. */
export const ReceptionSearch = ListSearch.extend({
  // A number of somebody never stands in an address.
  q: odd(
    z
      .string()
      .trim()
      .max(60)
      .refine((text) => !LONG_NUMBER.test(text)),
  ),
  topic: odd(TopicCode),
  channel: odd(z.enum(RECEPTION_CHANNELS)),
  purpose: odd(z.enum(RECEPTION_PURPOSES)),
  state: odd(z.enum(["open", ...RECEPTION_STATES])),
  month: odd(Month),
  station: odd(StationNumber),
  own: odd(z.literal("1")),
  person: odd(Uuid),
  view: odd(z.literal("asked")),
  figure: odd(z.enum(REGISTERS.reception.figures)),
  period: odd(Month),
});

/** A search as the query takes it. @param place the station asked for, or the reader's own */
export function filterOf(
  search: z.output<typeof ReceptionSearch>,
  place: { id: number; path: string },
  asking: number,
): ReceptionFilter {
  const { q, topic, channel, purpose, state, month, person, view, figure, period, own } = search;
  return {
    ...(own ? { stationId: place.id } : { path: place.path }),
    ...(q ? { q } : {}),
    ...(topic ? { topic } : {}),
    ...(channel ? { channel } : {}),
    ...(purpose ? { purpose } : {}),
    ...(state ? { state } : {}),
    ...(month ? { month } : {}),
    ...(person ? { recordId: person } : {}),
    ...(view ? { askedOf: asking } : {}),
    ...(figure && period ? { counted: { figure, period } } : {}),
  };
}

/** A topic in the reader's language. */
export interface NamedTopic {
  code: string;
  name: string;
  retired: boolean;
}

export function namedTopics(topics: readonly Topic[], locale: Locale): NamedTopic[] {
  return topics.map(({ code, nameZh, nameEn, retired }) => ({
    code,
    name: locale === "zh-CN" ? nameZh : nameEn,
    retired,
  }));
}

/** The state as the screens show it: what was carried on is settled with the petition or the case that carries it. */
export function shownStateOf({ state, inHand }: Pick<ReceptionRow, "state" | "inHand">): ReceptionState {
  return state === "carried" && !inHand ? "answered" : state;
}

/** A row as the screens show it: the visitor by name, the telephone masked, the topic in the reader's language. */
export function shownEntry(row: ReceptionRow, keys: Keyring, cityId: number, locale: Locale) {
  const { visitor: _visitor, visitorPhone: _phone, ancestors: _ancestors, topicZh, topicEn, ...entry } = row;
  const opened = openVisitor(keys, cityId, row);
  return {
    ...entry,
    shownState: shownStateOf(row),
    visitor: row.recordName ?? opened.name,
    phone: opened.phone && maskPhone(opened.phone),
    topicName: locale === "zh-CN" ? topicZh : topicEn,
  };
}
export type ShownEntry = ReturnType<typeof shownEntry>;
