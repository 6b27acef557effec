import type { CheckRule } from "@muster/domain/check";
import { type DeadlineRule, deadlinesAt } from "@muster/domain/deadline";
import { type Indicator, inForce } from "@muster/domain/indicator";
import { type Period, period as periodOf } from "@muster/domain/period";
import { type StaffingRule, staffingRuleAt } from "@muster/domain/staffing";
import { asc, eq } from "drizzle-orm";
import { checkRule, deadlineRule, indicator, staffingRule } from "../schema/catalogue";
import type { ScopedTx } from "../scope";

/** The content that holds in one period. */
export interface PeriodCatalogue {
  period: Period;
  /** In the order of the form; hidden parts and ratios included. */
  indicators: readonly Indicator[];
  byCode: ReadonlyMap<string, Indicator>;
  checks: readonly CheckRule[];
  deadlines: DeadlineRule;
  staffing: StaffingRule;
}

/** Everything a city ever published, and what of it holds when. */
export class CityCatalogue {
  private readonly periods = new Map<Period, PeriodCatalogue>();

  constructor(
    readonly version: number,
    readonly indicators: readonly Indicator[],
    readonly checks: readonly CheckRule[],
    readonly deadlines: readonly DeadlineRule[],
    readonly staffing: readonly StaffingRule[],
  ) {}

  /** The content of a period. */
  at(period: Period): PeriodCatalogue {
    let found = this.periods.get(period);
    if (!found) {
      const staffing = staffingRuleAt(this.staffing, period);
      const indicators = this.indicators.filter((i) => inForce(i, period)).map((i) => withRule(i, staffing));
      found = {
        period,
        indicators,
        byCode: new Map(indicators.map((i) => [i.code, i])),
        checks: this.checks.filter((c) => inForce(c, period)),
        deadlines: deadlinesAt(this.deadlines, period),
        staffing,
      };
      this.periods.set(period, found);
    }
    return found;
  }
}

/** Required staff (B09) is computed by the month's staffing rule, whatever its row says. */
function withRule(indicator: Indicator, { perWorker }: StaffingRule): Indicator {
  const { formula } = indicator;
  const judged = formula?.kind === "ceil" && formula.of === "A01" && formula.per !== perWorker;
  return judged ? { ...indicator, formula: { ...formula, per: perWorker } } : indicator;
}

/** Parsed catalogues by city: content changes rarely, and every submission needs it. */
const cache = new Map<number, CityCatalogue>();

/**
 * The city's catalogue. One small statement asks for its version; the content is read again only when that rose.
 */
export async function cityCatalogue(tx: ScopedTx): Promise<CityCatalogue> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<{ catalogue_version: number }[]>`
    select catalogue_version from city where city_id = ${cityId}`;
  if (!row) throw new Error(`no such city: ${cityId}`);
  const known = cache.get(cityId);
  if (known?.version === row.catalogue_version) return known;
  const fresh = await readCatalogue(tx, row.catalogue_version);
  cache.set(cityId, fresh);
  return fresh;
}

/** Says that content changed; every server reads it again at its next transaction. */
export async function touchCatalogue(tx: ScopedTx): Promise<void> {
  await tx.sql`update city set catalogue_version = catalogue_version + 1 where city_id = ${tx.scope.cityId}`;
  // A rolled-back change leaves no trace: the next reader finds the old version and reads again.
  cache.delete(tx.scope.cityId);
}

/** The content that holds in a period. */
export async function catalogueAt(tx: ScopedTx, period: Period): Promise<PeriodCatalogue> {
  return (await cityCatalogue(tx)).at(period);
}

async function readCatalogue(tx: ScopedTx, version: number): Promise<CityCatalogue> {
  const { cityId } = tx.scope;
  const [indicators, checks, deadlines, staffing] = await Promise.all([
    tx.orm
      .select()
      .from(indicator)
      .where(eq(indicator.cityId, cityId))
      .orderBy(asc(indicator.sort), asc(indicator.validFrom)),
    tx.orm.select().from(checkRule).where(eq(checkRule.cityId, cityId)).orderBy(asc(checkRule.sort)),
    tx.orm.select().from(deadlineRule).where(eq(deadlineRule.cityId, cityId)),
    tx.orm.select().from(staffingRule).where(eq(staffingRule.cityId, cityId)),
  ]);
  return new CityCatalogue(
    version,
    indicators.map((row) => ({
      code: row.code,
      slot: row.slot,
      section: row.section as Indicator["section"],
      name: { zh: row.nameZh, en: row.nameEn },
      definition: { zh: row.definitionZh, en: row.definitionEn },
      unit: row.unit as Indicator["unit"],
      kind: row.kind,
      source: row.source,
      acrossTime: row.acrossTime,
      formula: row.formula,
      ratio: row.ratio,
      derivation: row.derivation,
      kinds: row.kinds,
      hidden: row.hidden,
      own: row.own,
      sort: row.sort,
      validFrom: periodOf(row.validFrom),
      validTo: row.validTo === null ? null : periodOf(row.validTo),
    })),
    checks.map((row) => ({
      code: row.code,
      severity: row.severity,
      left: row.left,
      comparison: row.comparison,
      right: row.right,
      message: { zh: row.messageZh, en: row.messageEn },
      floor: row.floor,
      validFrom: periodOf(row.validFrom),
      validTo: row.validTo === null ? null : periodOf(row.validTo),
    })),
    deadlines.map((row) => ({
      validFrom: periodOf(row.validFrom),
      villageDay: row.villageDay,
      townDay: row.townDay,
      lockDay: row.lockDay,
      submitFromDay: row.submitFromDay,
    })),
    staffing.map(({ validFrom, perWorker, village, town, district }) => ({
      validFrom: periodOf(validFrom),
      perWorker,
      village,
      town,
      district,
    })),
  );
}
