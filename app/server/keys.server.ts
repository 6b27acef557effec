import { listCities } from "@muster/db/queries/cities";
import { tryKeys } from "@muster/db/queries/sealed";
import { systemCaller, withScope } from "@muster/db/scope";
import { openKeyring } from "@muster/secrets/key-place";
import type { Keyring } from "@muster/secrets/keyring";
import { pools, withAuth } from "./database.server";

// One per process, also when the development server reloads this module.
const kept = globalThis as { musterKeyring?: Keyring };

/** The keys that seal personal data, read at first use; made at the first start where nothing gives any. */
export function keyring(): Keyring {
  kept.musterKeyring ??= openKeyring(process.env);
  return kept.musterKeyring;
}

/** Refuses to serve with keys that do not open what is stored: everything entered would be split between two of them. */
export async function refuseForeignKeys(now: Date): Promise<void> {
  for (const { cityId } of await withAuth(now, listCities)) {
    try {
      await withScope(pools().app, systemCaller(cityId, now), { readOnly: true }, (tx) =>
        tryKeys(tx, keyring()),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "Unreadable") throw error;
      throw new Error(
        `The keys at hand do not open the archive of city ${cityId}: give back its MUSTER_KEYS or key file, see the README.`,
      );
    }
  }
}
