import { parseDay } from "./period";
import { isPhone, phoneDigits } from "./person";

/** What one entry of a section takes. */
export type EntryKind =
  | { kind: "text"; most: number }
  | { kind: "date" }
  | { kind: "phone" }
  | { kind: "digits"; least: number; most: number }
  | { kind: "choice"; options: readonly string[] }
  | { kind: "yesNo" };

/** An entry of the archive, and whether an archive without it is incomplete. */
export type Entry = EntryKind & { needed?: true };

const text = (most: number) => ({ kind: "text", most }) as const;
const choice = <const O extends readonly string[]>(...options: O) => ({ kind: "choice", options }) as const;
const needed = <K extends EntryKind>(kind: K) => ({ ...kind, needed: true }) as const;

/**
 * The sections of a person's archive, edited one by one. `masked` ones are shown only for a stated purpose. All of them
 * are kept encrypted; what lists filter by is repeated in columns (see `factsOf`).
 */
export const SECTIONS = {
  contact: {
    masked: true,
    entries: {
      address: needed(text(200)),
      phone2: { kind: "phone" },
      emergencyName: needed(text(30)),
      emergencyRelation: text(20),
      emergencyPhone: needed({ kind: "phone" }),
    },
  },
  service: {
    masked: false,
    entries: {
      enlistedOn: { kind: "date" },
      dischargedOn: { kind: "date" },
      branch: choice("army", "navy", "air_force", "rocket", "support", "armed_police", "militia", "other"),
      unit: text(60),
      rank: text(30),
      honours: text(200),
      battles: text(200),
      placement: needed(
        choice("assigned", "self_employed", "demobilized", "retired", "supported", "not_applicable"),
      ),
      placementUnit: text(60),
    },
  },
  family: {
    masked: false,
    entries: {
      marital: needed(choice("single", "married", "divorced", "widowed")),
      spouse: text(30),
      children: text(100),
      livingAlone: needed({ kind: "yesNo" }),
      emptyNest: needed({ kind: "yesNo" }),
    },
  },
  work: {
    masked: false,
    entries: {
      employment: needed(choice("employed", "self_employed", "farming", "unemployed", "retired")),
      employer: text(60),
      income: choice("none", "below_2000", "to_5000", "above_5000"),
      housing: needed(choice("own", "rented", "public", "with_family", "institution")),
      insurance: needed(choice("employee", "resident", "both", "none")),
      pension: choice("employee", "resident", "retired_pay", "none"),
      hardship: { kind: "yesNo" },
    },
  },
  health: {
    masked: true,
    entries: {
      condition: needed(choice("good", "fair", "poor", "bedridden")),
      chronic: text(200),
      disability: needed(choice("none", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10")),
      bloodType: choice("a", "b", "ab", "o", "unknown"),
      allergies: text(100),
      care: needed(choice("none", "partial", "full")),
      hospital: text(60),
    },
  },
  entitlement: {
    masked: true,
    entries: {
      plaque: needed({ kind: "yesNo" }),
      cardNumber: text(30),
      cardSince: { kind: "date" },
      allowance: text(60),
      bank: text(40),
      bankAccount: { kind: "digits", least: 8, most: 24 },
    },
  },
  needs: {
    masked: false,
    entries: {
      interests: text(100),
      talents: text(100),
      needs: needed(text(200)),
      remarks: text(200),
    },
  },
} as const satisfies Record<string, { masked: boolean; entries: Record<string, Entry> }>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** What a section says; an entry without an answer is absent. */
export type SectionContent = Record<string, string>;

/** The entries of a section by name. */
export function entriesOf(section: SectionName): [string, Entry][] {
  return Object.entries(SECTIONS[section].entries);
}

/** What is wrong with an entry. */
export type EntryProblem = "tooLong" | "characters" | "date" | "phone" | "digits" | "choice";

/** An answer as it is kept, empty for none, or what is wrong with it. */
export function readEntry(entry: Entry, typed: string): { value: string } | { problem: EntryProblem } {
  const value = typed.trim();
  if (value === "") return { value };
  switch (entry.kind) {
    case "text":
      if (value.length > entry.most) return { problem: "tooLong" };
      return /\p{Cc}/u.test(value) ? { problem: "characters" } : { value };
    case "date":
      return parseDay(value) ? { value } : { problem: "date" };
    case "phone": {
      const digits = phoneDigits(value);
      return isPhone(digits) ? { value: digits } : { problem: "phone" };
    }
    case "digits": {
      const digits = value.normalize("NFKC").replace(/[\s-]/g, "");
      const fits = /^\d+$/.test(digits) && digits.length >= entry.least && digits.length <= entry.most;
      return fits ? { value: digits } : { problem: "digits" };
    }
    case "choice":
      return entry.options.includes(value) ? { value } : { problem: "choice" };
    case "yesNo":
      return value === "yes" || value === "no" ? { value } : { problem: "choice" };
  }
}

/** Reads everything that was sent for a section; entries it does not have are not looked at. */
export function readSection(
  section: SectionName,
  typed: Readonly<Record<string, string | undefined>>,
): { content: SectionContent; problems: Record<string, EntryProblem> } {
  const content: SectionContent = {};
  const problems: Record<string, EntryProblem> = {};
  for (const [name, entry] of entriesOf(section)) {
    const read = readEntry(entry, typed[name] ?? "");
    if ("problem" in read) problems[name] = read.problem;
    else if (read.value !== "") content[name] = read.value;
  }
  return { content, problems };
}

/** How many of the needed entries a section has. */
export function filledIn(section: SectionName, content: SectionContent): number {
  return entriesOf(section).filter(([name, entry]) => entry.needed && content[name]).length;
}

/** How many entries a section needs. */
export function neededIn(section: SectionName): number {
  return entriesOf(section).filter(([, entry]) => entry.needed).length;
}

/** What everyone's archive needs besides its sections: ID number, telephone and a category. */
export const NEEDED_BASICS = 3;
const NEEDED = SECTION_NAMES.reduce((sum, name) => sum + neededIn(name), NEEDED_BASICS);

/**
 * How complete an archive is, in whole per cent, rounded down: 100 only when nothing is missing.
 * @param basics how many of ID number, telephone and category there are
 */
export function completenessOf(basics: number, filled: Partial<Record<SectionName, number>>): number {
  const sections = SECTION_NAMES.reduce((sum, name) => sum + Math.min(filled[name] ?? 0, neededIn(name)), 0);
  return Math.floor((100 * (Math.min(basics, NEEDED_BASICS) + sections)) / NEEDED);
}

/** What lists, figures and contact rules ask of an archive. */
export interface PersonFacts {
  livingAlone?: boolean;
  emptyNest?: boolean;
  careNeed?: boolean;
  hardship?: boolean;
  plaque?: boolean;
  cardSince?: string | null | "today";
}

/** What of a section lists and figures need in the clear; undefined says nothing, null takes back. */
export function factsOf(section: SectionName, content: SectionContent): PersonFacts {
  if (section === "family")
    return { livingAlone: content.livingAlone === "yes", emptyNest: content.emptyNest === "yes" };
  if (section === "work") return { hardship: content.hardship === "yes" };
  // That somebody needs care is asked by contact rules; what ails them stays sealed.
  if (section === "health") return { careNeed: content.care === "partial" || content.care === "full" };
  if (section === "entitlement") {
    const cardSince = content.cardNumber ? (content.cardSince ?? "today") : null;
    return { plaque: content.plaque === "yes", cardSince };
  }
  return {};
}
