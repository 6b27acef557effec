import { DEFAULT_DEADLINES, type DeadlineRule } from "@muster/domain/deadline";
import { firstDay, type LocalDate, type Period } from "@muster/domain/period";
import { DEFAULT_PETITION_LIMITS } from "@muster/domain/petition";
import { DEFAULT_STAFFING_RULE } from "@muster/domain/staffing";
import type { Pool } from "../client";
import { typeRow } from "../queries/assistance/types";
import { audit } from "../queries/audit";
import { itemRow } from "../queries/standards/read";
import { assistanceType } from "../schema/assistance";
import { checkRule, deadlineRule, indicator, indicatorSlot, staffingRule } from "../schema/catalogue";
import { city } from "../schema/city";
import { beneficiaryCategory } from "../schema/person";
import { petitionLimit } from "../schema/petition";
import { consultationTopic } from "../schema/reception";
import { standardGrade, standardItem, standardSetVersion } from "../schema/standard";
import { station, stationEvent } from "../schema/station";
import { contactRule } from "../schema/visit";
import { newId, type ScopedTx } from "../scope";
import {
  loadAssistance,
  loadCatalogue,
  loadCategories,
  loadContactRules,
  loadStandards,
  loadTopics,
} from "./catalogue";
import { searchText } from "./search-text";

export interface NewCity {
  /** 12-digit statistical code; a code is taken once. */
  code: string;
  name: string;
  openedOn: LocalDate;
  /** First period of the catalogue: no earlier month can be opened. */
  validFrom: Period;
  demo?: boolean;
  /** Where they differ from the service's defaults. */
  deadlines?: Partial<Omit<DeadlineRule, "validFrom">>;
}

/** Another city has this code. */
export class CityCodeTaken extends Error {
  override name = "CityCodeTaken";
}

/** The number of a city to be created. A number that is not used is lost, which harms nothing. */
export async function nextCityId(pool: Pool): Promise<number> {
  return pool.statement(async ({ sql }) => {
    const [row] = await sql<{ id: number }[]>`select nextval('city_number') as id`;
    if (!row) throw new Error("the sequence of city numbers gave nothing");
    return row.id;
  });
}

/**
 * Creates the city whose scope `tx` has: its row, its root station at `/`, the first catalogue of indicators and
 * checks, its deadlines, and an audit entry. Opens no month. Throws CityCodeTaken, and the caller's
 * transaction with it is rolled back.
 */
export async function createCity(
  tx: ScopedTx,
  { code, name, openedOn, validFrom, demo = false, deadlines = {} }: NewCity,
): Promise<{ cityId: number; rootStationId: number }> {
  const { cityId } = tx.scope;
  if (tx.scope.path !== "/") throw new RangeError("a city is created in its own scope");
  const root = { cityId, path: "/" };
  const [row] = await tx.sql<{ id: number }[]>`select nextval('station_number') as id`;
  if (!row) throw new Error("the sequence of station numbers gave nothing");
  const rootStationId = row.id;

  const taken = await tx.orm
    .insert(city)
    .values({ ...root, code, name, rootStationId, demo, createdAt: tx.caller.now })
    .onConflictDoNothing({ target: city.code })
    .returning({ cityId: city.cityId });
  if (taken.length === 0) throw new CityCodeTaken(code);
  await tx.orm.insert(station).values({
    ...root,
    id: rootStationId,
    code,
    name,
    level: "city",
    kind: "station",
    openedOn,
    search: searchText(name, code),
  });
  await tx.orm.insert(stationEvent).values({
    ...root,
    id: newId(),
    stationId: rootStationId,
    kind: "open",
    effectiveOn: openedOn,
    details: { name, code },
    at: tx.caller.now,
    byName: tx.caller.actor.name,
  });
  await publishCatalogue(tx, validFrom, deadlines);
  await publishStandards(tx, firstDay(validFrom));
  await publishCategories(tx);
  await publishContactRules(tx, validFrom);
  await publishAssistance(tx, validFrom);
  await publishTopics(tx);
  await audit(tx, {
    action: "city.create",
    subject: "city",
    subjectId: String(cityId),
    stationId: rootStationId,
    path: "/",
    after: { code, name, openedOn },
  });
  return { cityId, rootStationId };
}

/** Gives the city the service's first content, valid from a period on. */
async function publishCatalogue(
  tx: ScopedTx,
  validFrom: Period,
  deadlines: Partial<Omit<DeadlineRule, "validFrom">>,
): Promise<void> {
  const root = { cityId: tx.scope.cityId, path: "/" };
  const { indicators, checks } = loadCatalogue();
  await tx.orm.insert(indicator).values(
    indicators.map(({ name, definition, kinds, ...rest }) => ({
      ...root,
      ...rest,
      validFrom,
      nameZh: name.zh,
      nameEn: name.en,
      definitionZh: definition.zh,
      definitionEn: definition.en,
      kinds: kinds === null ? null : [...kinds],
    })),
  );
  await tx.orm
    .insert(indicatorSlot)
    .values(indicators.flatMap(({ code, slot }) => (slot === null ? [] : [{ ...root, slot, code }])));
  await tx.orm.insert(checkRule).values(
    checks.map(({ message, ...rest }, index) => ({
      ...root,
      ...rest,
      validFrom,
      messageZh: message.zh,
      messageEn: message.en,
      sort: (index + 1) * 10,
    })),
  );
  await tx.orm.insert(deadlineRule).values({ ...root, validFrom, ...DEFAULT_DEADLINES, ...deadlines });
  await tx.orm.insert(staffingRule).values({ ...root, validFrom, ...DEFAULT_STAFFING_RULE });
}

/** Gives the city the first version of its standards, in force from a day on. */
async function publishStandards(tx: ScopedTx, validFrom: LocalDate): Promise<void> {
  const set = { cityId: tx.scope.cityId, path: "/", setNumber: 1 };
  const { items, grades } = loadStandards();
  await tx.orm.insert(standardSetVersion).values({
    ...set,
    nameZh: "“五有”建设标准",
    nameEn: "Five Haves standards",
    status: "published",
    validFrom,
    publishedAt: tx.caller.now,
    publishedBy: tx.caller.actor.name,
  });
  await tx.orm.insert(standardItem).values(items.map((item) => ({ ...set, ...itemRow(item) })));
  await tx.orm
    .insert(standardGrade)
    .values(grades.map(({ name, ...grade }) => ({ ...set, ...grade, nameZh: name.zh, nameEn: name.en })));
}

/** Gives the city the categories of people that archives begin with. */
async function publishCategories(tx: ScopedTx): Promise<void> {
  const root = { cityId: tx.scope.cityId, path: "/" };
  await tx.orm
    .insert(beneficiaryCategory)
    .values(
      loadCategories().map(({ name, ...rest }) => ({ ...root, ...rest, nameZh: name.zh, nameEn: name.en })),
    );
}

/** Gives the city the rules by which people are contacted, valid from a period on. */
async function publishContactRules(tx: ScopedTx, validFrom: Period): Promise<void> {
  const root = { cityId: tx.scope.cityId, path: "/", validFrom };
  await tx.orm.insert(contactRule).values(
    loadContactRules().map(({ name, categories, concerns, ...rest }, index) => ({
      ...root,
      ...rest,
      categories: [...categories],
      concerns: [...concerns],
      nameZh: name.zh,
      nameEn: name.en,
      sort: (index + 1) * 10,
    })),
  );
}

/** Gives the city the kinds of assistance it begins with, from a month on. */
async function publishAssistance(tx: ScopedTx, validFrom: Period): Promise<void> {
  await tx.orm
    .insert(assistanceType)
    .values(loadAssistance().map(({ code, ...rest }) => typeRow(tx.scope.cityId, code, validFrom, rest)));
}

/** Gives the city the topics of consultations and the time limits of petitions to begin with. */
async function publishTopics(tx: ScopedTx): Promise<void> {
  const root = { cityId: tx.scope.cityId, path: "/" };
  await tx.orm
    .insert(consultationTopic)
    .values(
      loadTopics().map(({ name, ...rest }) => ({ ...root, ...rest, nameZh: name.zh, nameEn: name.en })),
    );
  await tx.orm.insert(petitionLimit).values({ ...root, ...DEFAULT_PETITION_LIMITS });
}
