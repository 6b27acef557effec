import { problemsOfRule } from "@muster/domain/checks";
import { type Formula, type Indicator, inForce } from "@muster/domain/indicator";
import { addMonths, type Period } from "@muster/domain/period";
import { cityCatalogue } from "../queries/catalogue";
import { knownDerivations } from "../queries/derivations";
import type { ScopedTx } from "../scope";

/** What is wrong with a city's indicators, checks and deadlines, in sentences. */
export async function faultsOfCatalogue(tx: ScopedTx): Promise<string[]> {
  const { indicators, checks, deadlines } = await cityCatalogue(tx);
  const slots = await tx.sql<{ slot: number; code: string }[]>`
    select slot, code from indicator_slot where city_id = ${tx.scope.cityId}`;
  const codes = new Set(indicators.map((i) => i.code));
  return [
    ...(indicators.length === 0 ? ["The city has no indicators."] : []),
    ...(deadlines.length === 0 ? ["The city has no deadlines."] : []),
    ...faultsOfSlots(indicators, new Map(slots.map(({ slot, code }) => [code, slot]))),
    ...indicators.flatMap((indicator) => faultsOfParts(indicator, indicators)),
    ...overlaps("Indicator", indicators),
    ...overlaps("Check", checks),
    ...checks.flatMap((check) =>
      problemsOfRule(check, codes).map(
        ({ part, message }) =>
          `Check ${check.code} from ${check.validFrom} cannot be read (${part}): ${message.en}.`,
      ),
    ),
  ];
}

function faultsOfSlots(indicators: readonly Indicator[], slots: ReadonlyMap<string, number>): string[] {
  return indicators.flatMap(({ code, slot, validFrom }) => {
    if (slot === null || slots.get(code) === slot) return [];
    const kept = slots.get(code);
    const due = kept === undefined ? "has never been given one" : `has had slot ${kept} since it was made`;
    return [`Indicator ${code} from ${validFrom} is filed in slot ${slot}, but ${due}.`];
  });
}

/** What an indicator is computed from has to be stored, in every period in which the indicator holds. */
function faultsOfParts(indicator: Indicator, all: readonly Indicator[]): string[] {
  const { code, ratio, formula, derivation } = indicator;
  const parts = [
    ...(ratio
      ? [ratio.numerator, ratio.denominator, ...(ratio.denominatorAbove ? [ratio.denominatorAbove] : [])]
      : []),
    ...(formula ? operandsOf(formula) : []),
  ];
  const faults = parts.flatMap((part) => {
    const at = uncovered(
      indicator,
      all.filter((i) => i.code === part && i.slot !== null),
    );
    return at === null ? [] : [`Indicator ${code} needs ${part}, which is not in force in ${at}.`];
  });
  if (derivation !== null && !knownDerivations().includes(derivation)) {
    faults.push(`Indicator ${code} follows from "${derivation}", which no register answers.`);
  }
  return faults;
}

function operandsOf(formula: Formula): readonly string[] {
  return formula.kind === "sum" ? formula.of : [formula.of];
}

/** The first period of `whole` that none of `stretches` covers; null when all are. */
function uncovered(
  whole: { validFrom: Period; validTo: Period | null },
  stretches: readonly { validFrom: Period; validTo: Period | null }[],
): Period | null {
  let at = whole.validFrom;
  for (;;) {
    const covering = stretches.find((stretch) => inForce(stretch, at));
    if (!covering) return at;
    if (covering.validTo === null || (whole.validTo !== null && covering.validTo >= whole.validTo))
      return null;
    at = addMonths(covering.validTo, 1);
  }
}

function overlaps(
  what: string,
  items: readonly { code: string; validFrom: Period; validTo: Period | null }[],
): string[] {
  return items.flatMap((item) => {
    const next = items.find(
      (other) =>
        other.code === item.code && other.validFrom > item.validFrom && inForce(item, other.validFrom),
    );
    return next ? [`${what} ${item.code} holds twice from ${next.validFrom} on.`] : [];
  });
}
