import { Keyring } from "@muster/secrets/keyring";

const ENCRYPTION = new Uint8Array(32).fill(1);
const INDEX = new Uint8Array(32).fill(2);
const text = (key: Uint8Array) => Buffer.from(key).toString("base64");

/** Keys of a benchmark: no secret, and as much work as any. */
export const benchKeys = new Keyring({
  encryption: new Map([[1, ENCRYPTION]]),
  current: 1,
  index: INDEX,
});

/** The same for the benchmark's server. */
export const KEY_VARIABLES = { MUSTER_KEYS: `1:${text(ENCRYPTION)}`, MUSTER_INDEX_KEY: text(INDEX) };
