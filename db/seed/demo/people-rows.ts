import type { FiguresByCode } from "@muster/domain/indicator";
import type { LocalDate } from "@muster/domain/period";
import { ageOn } from "@muster/domain/person";
import {
  completenessOf,
  filledIn,
  NEEDED_BASICS,
  SECTION_NAMES,
  type SectionName,
} from "@muster/domain/person-sections";
import type { Keyring } from "@muster/secrets/keyring";
import { spellingOf } from "../../queries/people/names";
import { sealBasics, sealSection } from "../../queries/people/row";
import { person, personCategory, personConfirmation, personSection } from "../../schema/person";
import { rowsOf, type TableRows } from "../bulk";
import type { Calendar } from "./calendar";
import { cardRows } from "./cards";
import { LIUHE, XINGHE } from "./cities";
import type { DemoPerson } from "./people";
import { sectionsOfLife } from "./people-lives";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** What may be missing in an archive that is not complete. */
const OFTEN_MISSING: readonly SectionName[] = ["health", "needs", "work", "contact", "service"];

/** Towns whose archives are laid whole in any case: those that people look into. */
const IN_BRIEF: readonly string[] = [LIUHE, "junxiu", ...XINGHE.towns.map(({ pinyin }) => pinyin)];

/** Stations of one batch: some megabytes, which the database writes in a fraction of a second. */
const BATCH = 25;

/** The rows of a city's archives, sealed with the installation's keys, in batches for `insertWhileMaking`. */
export function* peopleRows(
  keys: Keyring,
  cityId: number,
  archives: ReadonlyMap<StationPlan, readonly DemoPerson[]>,
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  calendar: Calendar,
  brief: boolean,
): Generator<TableRows[]> {
  const all = [...archives];
  for (let at = 0; at < all.length; at += BATCH) {
    yield rowsOfStations(keys, cityId, all.slice(at, at + BATCH), calendar, brief);
  }
  yield cardRows(cityId, archives, figures, calendar);
}

function rowsOfStations(
  keys: Keyring,
  cityId: number,
  archives: readonly (readonly [StationPlan, readonly DemoPerson[]])[],
  calendar: Calendar,
  brief: boolean,
): TableRows[] {
  const people: (typeof person.$inferInsert)[] = [];
  const categories: (typeof personCategory.$inferInsert)[] = [];
  const sections: (typeof personSection.$inferInsert)[] = [];
  const confirmations: (typeof personConfirmation.$inferInsert)[] = [];
  for (const [plan, archive] of archives) {
    const random = new Random(`archives ${plan.key}`);
    const place = `${plan.parent?.level === "town" ? plan.parent.name : ""}${plan.name}`;
    const hospital = `${plan.spec?.kind === "cadre_home" ? "市第一人民" : (plan.spec?.name ?? "")}${plan.spec?.kind === "cadre_home" ? "医院" : "卫生院"}`;
    const whole = !brief || IN_BRIEF.includes(plan.spec?.pinyin ?? "");
    const at = { cityId, path: plan.path, stationId: plan.id };
    for (const one of archive) {
      const age = ageOn(one.bornOn, calendar.today);
      const content = sectionsOfLife(random, {
        ...one,
        age,
        codes: one.categories.map(({ code }) => code),
        place,
        hospital,
      });
      const missing = one.completeSince ? [] : random.shuffled(OFTEN_MISSING).slice(0, random.int(1, 3));
      const filled: Partial<Record<SectionName, number>> = {};
      const updatedAt = new Date(`${one.completeSince ?? one.activeFrom}T16:00:00+08:00`);
      for (const section of SECTION_NAMES) {
        if (missing.includes(section)) continue;
        filled[section] = filledIn(section, content[section]);
        if (!whole) continue;
        sections.push({
          ...at,
          recordId: one.id,
          section,
          content: sealSection(keys, cityId, one.id, section, content[section]),
          filled: filled[section] ?? 0,
          updatedAt,
          updatedBy: plan.head.name,
          version: 1,
        });
      }
      const basics = NEEDED_BASICS - (one.phone === "" ? 1 : 0);
      people.push({
        ...at,
        id: one.id,
        personId: one.personId,
        name: one.name,
        ...spelt(one.name),
        sex: one.sex,
        bornOn: one.bornOn,
        ...sealBasics(keys, cityId, one.id, one),
        livingAlone: one.livingAlone,
        emptyNest: one.emptyNest,
        categories: heldOf(one.categories),
        plaque: one.plaque,
        cardSince: one.cardSince,
        completeness: completenessOf(basics, filled),
        completeSince: one.completeSince,
        confirmedOn: one.confirmedOn.at(-1) ?? null,
        activeFrom: one.activeFrom,
        wayIn: one.activeFrom >= calendar.firstDay(0) && random.chance(0.3) ? "moved_in" : "new",
        leftOn: one.leftOn,
        wayOut: one.wayOut,
        leftNote: "",
        mergedInto: null,
        registeredOn: one.activeFrom,
        updatedAt,
        version: 1,
      });
      for (const { code, from, to } of one.categories) {
        categories.push({
          ...at,
          recordId: one.id,
          id: random.id(new Date(`${from}T10:00:00+08:00`)),
          code,
          validFrom: from,
          validTo: to,
          document: "",
        });
      }
      for (const confirmedOn of one.confirmedOn) {
        confirmations.push({
          ...at,
          recordId: one.id,
          id: random.id(new Date(`${confirmedOn}T15:00:00+08:00`)),
          confirmedOn,
          complete: true,
          byName: plan.head.name,
        });
      }
    }
  }
  return [
    rowsOf(person, people),
    rowsOf(personCategory, categories),
    rowsOf(personSection, sections),
    rowsOf(personConfirmation, confirmations),
  ];
}

/** Codes without an end, as the register keeps them beside a person. */
function heldOf(categories: readonly { code: string; to: LocalDate | null }[]): string[] {
  return categories.flatMap(({ code, to }) => (to === null ? [code] : [])).sort();
}

const spellings = new Map<string, ReturnType<typeof spellingOf>>();

/** Names come again: reading one takes longer than all else about its row. */
function spelt(name: string): ReturnType<typeof spellingOf> {
  const known = spellings.get(name) ?? spellingOf(name);
  spellings.set(name, known);
  return known;
}
