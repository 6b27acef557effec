/** Cases of assistance paid per 1,000 beneficiaries, unrounded; null where a part is missing or nobody is served. */
export function casesPerThousand(cases: number | null, beneficiaries: number | null): number | null {
  return cases === null || !beneficiaries ? null : (cases * 1000) / beneficiaries;
}
