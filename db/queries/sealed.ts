import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../scope";
import * as assistance from "./assistance/rotate";
import * as people from "./people/rotate";
import * as visits from "./visits/rotate";

/** What a city keeps sealed, register by register. */
const REGISTERS = [
  {
    sealedOtherwise: people.sealedOtherwise,
    resealBatch: people.resealBatch,
    tryKeys: people.tryKeys,
  },
  {
    sealedOtherwise: visits.visitsSealedOtherwise,
    resealBatch: visits.resealVisits,
    tryKeys: visits.tryVisitKeys,
  },
  {
    sealedOtherwise: assistance.casesSealedOtherwise,
    resealBatch: assistance.resealCases,
    tryKeys: assistance.tryCaseKeys,
  },
];

/** How many sealed values of the city were not sealed with a key version. Needs the city's scope. */
export async function sealedOtherwise(tx: ScopedTx, version: number): Promise<number> {
  let rows = 0;
  for (const register of REGISTERS) rows += await register.sealedOtherwise(tx, version);
  return rows;
}

/** Seals a batch of the city's values anew, and answers how many rows it took: 0 when nothing is left. */
export async function resealBatch(tx: ScopedTx, keys: Keyring, most: number): Promise<number> {
  for (const register of REGISTERS) {
    const rows = await register.resealBatch(tx, keys, most);
    if (rows > 0) return rows;
  }
  return 0;
}

/** Whether the keys at hand open what the city has sealed. Throws Unreadable when they do not. */
export async function tryKeys(tx: ScopedTx, keys: Keyring): Promise<void> {
  for (const register of REGISTERS) await register.tryKeys(tx, keys);
}
