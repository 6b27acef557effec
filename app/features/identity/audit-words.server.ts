import type { AuditLine, AuditNames } from "@muster/db/queries/audit-search";
import { type Indicator, isMoney } from "@muster/domain/indicator";
import { parseDay, parsePeriod } from "@muster/domain/period";
import { formatDate, formatDateTime, formatInteger, formatMoney, formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import { changesOf, type Held } from "./changes";

/** What it takes to put an entry into words. */
export interface AuditWords {
  t: Translate;
  locale: Locale;
  names: AuditNames;
  /** Every version of the city's indicators, later ones last. */
  indicators: readonly Pick<Indicator, "code" | "name" | "unit">[];
}

/** A line of an entry as the page shows it: nothing in it is a key, a code of ours or an id. */
export interface ChangeInWords {
  /** Tells the lines apart; not shown. */
  id: string;
  label: string;
  before: string | null;
  after: string | null;
}

type Entry = Pick<AuditLine, "subject" | "subjectId" | "before" | "after">;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Values that are the number of a station. */
const STATIONS = new Set(["parentId", "mergedInto", "exportOf"]);
/** Values below which the names are numbers of stations. */
const BY_STATION = new Set(["excused"]);
/** Values below which the names are codes of indicators. */
const BY_INDICATOR = new Set(["figures", "returned"]);
/** Values that are money in fen, wherever they stand. */
const MONEY = new Set(["askedFor", "amount", "budget", "yearlyLimit"]);
const DATES = new Set([
  ...["on", "from", "period", "until", "dueOn", "openedOn", "closedOn", "expiresAt", "validFrom", "validTo"],
  "heldOn",
  "paidOn",
  "expiresOn",
  "startsOn",
  "endsOn",
]);

/** An action in the reader's language; one that no catalogue knows is called a change, not by its key. */
export function actionLabel(action: string, t: Translate): string {
  return word(`audit:action.${action}`, t) ?? t("audit:action.unknown");
}

/** What entries speak of and only names can say: to be looked up once for all of them. */
export function referencesIn(entries: readonly Entry[]): { stations: number[]; people: string[] } {
  const stations = entries.flatMap(({ subject, subjectId, before, after }) => [
    ...(/^(station|month|monthlyreport)$/i.test(subject) ? [subjectId.split("/")[0]] : []),
    ...[before, after].flatMap((said) => [
      ...[...STATIONS].map((name) => said?.[name]),
      ...[...BY_STATION].flatMap((name) => Object.keys(Object(said?.[name]))),
    ]),
  ]);
  return {
    stations: stations.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0),
    people: entries.map(({ subjectId }) => subjectId).filter((id) => UUID.test(id)),
  };
}

/** What an entry is about, by name where the reader may see it: `月报：河湾村 2026年10月`. */
export function subjectInWords({ subject, subjectId, before, after }: Entry, words: AuditWords): string {
  const { t, locale, names } = words;
  const kind = subject.toLowerCase();
  const label = word(`audit:subject.${kind}`, t) ?? t("audit:subject.other");
  const [first = "", month] = subjectId.split("/");
  const station = () => names.stations.get(Number(first)) ?? t("audit:elsewhere");
  const period = parsePeriod(kind === "catalogue" ? subjectId : month);
  const said = (after?.name ?? before?.name) as unknown;
  const name = typeof said === "string" ? said : undefined;
  const about = {
    station: () => station(),
    month: () => [station(), period && formatPeriod(period, locale)].filter(Boolean).join(" "),
    monthlyreport: () => [station(), period && formatPeriod(period, locale)].filter(Boolean).join(" "),
    membership: () => names.people.get(subjectId) ?? name,
    account: () => names.people.get(subjectId) ?? name,
    catalogue: () => (period ? formatPeriod(period, locale) : indicatorName(subjectId, words)),
  }[kind];
  const text = (about ?? (() => name))();
  return text ? t("audit:subjectOf", { label, name: text }) : label;
}

/** What an entry says, line by line, in words. */
export function changesInWords(entry: Pick<Entry, "before" | "after">, words: AuditWords): ChangeInWords[] {
  return changesOf(entry.before, entry.after).map((change) => ({
    id: change.name,
    label: labelOf(change.name, words),
    before: spoken(change.name, change.before, words),
    after: spoken(change.name, change.after, words),
  }));
}

/** The change as one line of a file: `状态：待审核 → 已通过`. */
export function changesAsText(entry: Pick<Entry, "before" | "after">, words: AuditWords): string {
  return changesInWords(entry, words)
    .map(({ label, before, after }) => {
      const said =
        before !== null && after !== null && before !== after ? [before, after] : [after ?? before];
      return words.t("audit:export.change", { label, value: said.join(" → ") });
    })
    .join(words.t("audit:export.separator"));
}

function labelOf(name: string, words: AuditWords): string {
  const { t, names } = words;
  const [head = "", ...rest] = name.split(".");
  const label = word(`audit:value.${head}`, t) ?? t("audit:value.other");
  const below = rest.map((part) => {
    if (BY_STATION.has(head)) return names.stations.get(Number(part)) ?? t("audit:elsewhere");
    if (BY_INDICATOR.has(head)) return indicatorName(part, words);
    // Places in a list are told apart by their value.
    return word(`audit:part.${part}`, t) ?? "";
  });
  // A figure's name says enough; a reason needs to be called one.
  return (head === "figures" ? below : [label, ...below]).filter(Boolean).join(" · ");
}

function spoken(name: string, value: Held | null, words: AuditWords): string | null {
  if (value === null) return null;
  const { t, locale, names } = words;
  const [head = "", code = ""] = name.split(".");
  if (typeof value === "boolean") return t(value ? "audit:yes" : "audit:no");
  if (STATIONS.has(head)) return names.stations.get(Number(value)) ?? t("audit:elsewhere");
  if (typeof value === "number") {
    const indicator = head === "figures" ? indicatorOf(code, words) : undefined;
    return MONEY.has(head) || (indicator && isMoney(indicator))
      ? `${formatMoney(value)} ${t("figures:unit.yuan")}`
      : formatInteger(value);
  }
  if (DATES.has(head)) return dateOf(value, locale);
  if (head === "indicator") return indicatorName(value, words);
  const vocabulary = VOCABULARIES[head];
  return vocabulary ? (word(`${vocabulary}.${value}`, t) ?? value) : value;
}

/** Where the words for values of a fixed choice stand. */
const VOCABULARIES: Record<string, string> = {
  status: "figures:status",
  role: "nav:role",
  level: "stations:level",
  kind: "settings:catalogue.kind",
  kinds: "settings:catalogue.kind",
  section: "figures:section",
  unit: "figures:unit",
  acrossTime: "settings:catalogue.acrossTime",
  severity: "settings:catalogue.severity",
  cause: "audit:cause",
  employment: "staff:employment",
  education: "staff:education",
  groupRole: "staff:groupRole",
  fileKind: "evidence:kind",
  villageBasis: "settings:catalogue.staffing.basis",
  townBasis: "settings:catalogue.staffing.basis",
  districtBasis: "settings:catalogue.staffing.basis",
  findingSeverity: "inspections:severity",
  findingState: "inspections:status",
  inspectionState: "inspections:state",
  archivePart: "people:section",
  entries: "people:field",
  purpose: "people:purpose",
  cardKind: "cards:kind",
  wayIn: "people:wayIn",
  wayOut: "people:wayOut",
  caseState: "assistance:state",
  refusal: "assistance:reason",
  channel: "visits:channel",
  occasion: "visits:occasion",
  event: "visits:event",
  festival: "visits:festival",
  every: "visits:every",
  asked: "visits:asked",
  concerns: "visits:concern",
  comesBy: "reception:channel",
  receptionPurpose: "reception:purpose",
  receptionState: "reception:state",
  petitionState: "petitions:state",
  filteredBy: "audit:filteredBy",
  board: "dashboards:title",
};

function dateOf(text: string, locale: Locale): string {
  const period = parsePeriod(text);
  if (period) return formatPeriod(period, locale);
  const day = parseDay(text);
  if (day) return formatDate(day, locale);
  return Number.isNaN(Date.parse(text)) ? text : formatDateTime(text);
}

function indicatorOf(code: string, { indicators }: AuditWords) {
  return indicators.findLast((indicator) => indicator.code === code);
}

/** `C01 走访慰问人次`; a check, which has no name, by its code. */
function indicatorName(code: string, words: AuditWords): string {
  const name = indicatorOf(code, words)?.name;
  return name ? `${code} ${words.locale === "zh-CN" ? name.zh : name.en}` : code;
}

function word(key: string, t: Translate): string | null {
  const text: unknown = t(key as "audit:title", { defaultValue: "" });
  return typeof text === "string" && text !== "" ? text : null;
}
