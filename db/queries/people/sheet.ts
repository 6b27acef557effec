import type { Purpose } from "@muster/domain/person";
import {
  SECTION_NAMES,
  SECTIONS,
  type SectionContent,
  type SectionName,
} from "@muster/domain/person-sections";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { aboutPerson } from "./archive";
import { done, type PersonOutcome, refused } from "./outcome";
import {
  categoriesOf,
  findPerson,
  type HeldCategory,
  maskedBasics,
  openBasics,
  openSection,
  type PersonRow,
  sectionsOf,
} from "./row";

/** What the form of an archive shows of somebody. */
export interface ArchiveSheet {
  person: PersonRow;
  idNumber: string;
  phone: string;
  /** Those held today. */
  categories: HeldCategory[];
  /** A masked section that is not printed in full is null. */
  sections: { section: SectionName; content: SectionContent | null }[];
}

/**
 * Draws the form of somebody's archive for printing, and writes down who drew it, what for, and whether the masks were
 * lifted: what is on paper can be masked by nobody any more.
 */
export async function printPerson(
  tx: ScopedTx,
  keys: Keyring,
  { id, purpose, full }: { id: string; purpose: Purpose; full: boolean },
): Promise<PersonOutcome<ArchiveSheet>> {
  const { cityId } = tx.scope;
  const person = await findPerson(tx, id);
  if (!person) return refused("not_found");
  await audit(tx, { action: "person.print", ...aboutPerson(person), after: { purpose, unmasked: full } });
  const stored = new Map((await sectionsOf(tx, id)).map((row) => [row.section, row]));
  return done({
    person,
    ...(full ? openBasics(keys, cityId, person) : maskedBasics(keys, cityId, person)),
    categories: (await categoriesOf(tx, id)).filter(({ validTo }) => validTo === null),
    sections: SECTION_NAMES.map((section) => {
      const row = stored.get(section);
      if (SECTIONS[section].masked && !full) return { section, content: null };
      return { section, content: row ? openSection(keys, cityId, row) : {} };
    }),
  });
}
