import { CARD_KINDS, CARD_LINE_NAMES, CARD_STANDINGS, CARD_TEXTS, type CardLine } from "@muster/domain/card";
import { type Period, parsePeriod } from "@muster/domain/period";
import { PURPOSES } from "@muster/domain/person";
import { REGISTERS } from "@muster/domain/register";
import { z } from "zod";
import { ListSearch } from "../registers/search";
import { Day, line, Phone, StationNumber, Version } from "../stations/forms";

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Cards of one run of the printer, and people for whom cards are made out at once. */
const MOST = 100;
const several = (message: string) => z.array(Uuid).min(1, message).max(MOST);
/** Ids in an address; anything odd counts as none. */
const Asked = z
  .object({
    ids: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(Uuid).max(MOST)),
  })
  .catch({ ids: [] });

/** What the list of cards is asked for. */
export const CardSearch = ListSearch.extend({
  kind: odd(z.enum(CARD_KINDS)),
  standing: odd(z.enum(CARD_STANDINGS)),
  station: odd(StationNumber),
  unprinted: odd(z.literal("1")),
  own: odd(z.literal("1")),
  figure: odd(z.enum(REGISTERS.cards.figures)),
  period: odd(
    z
      .string()
      .refine((text) => parsePeriod(text) !== null)
      .transform((text) => text as Period),
  ),
});
export const IdsSearch = Asked;

export const TokenParams = z.object({ token: z.string().regex(/^[\w-]{22}$/) });
export const ChosenCards = z.object({ ids: several("cards:error.cards") });
export const ChosenPeople = z.object({ ids: several("cards:error.someone") });
export const PrintForm = ChosenCards.extend({ purpose: z.enum(PURPOSES) });

const Worker = z
  .preprocess((value) => (value === "" ? undefined : value), Uuid.optional())
  .transform((value) => value ?? null);
const Made = { validUntil: Day, workerId: Worker };
export const IssueForm = ChosenPeople.extend({ kind: z.enum(CARD_KINDS), ...Made });
export const IssueOneForm = z.object({ kind: z.enum(CARD_KINDS), ...Made });
export const ReplaceForm = z.object({ id: Uuid, ...Made });
export const WithdrawForm = z.object({ id: Uuid });

export const SettingsForm = z.object({
  version: Version,
  ...(Object.fromEntries(CARD_LINE_NAMES.map((name) => [name, Phone])) as Record<CardLine, typeof Phone>),
  ...(Object.fromEntries(CARD_TEXTS.map((name) => [name, line(120)])) as Record<
    (typeof CARD_TEXTS)[number],
    ReturnType<typeof line>
  >),
});
