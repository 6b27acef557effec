import { Keyring } from "./keyring";

const INDEX = new Uint8Array(32).fill(200);
const keyOf = (version: number) => new Uint8Array(32).fill(version);
const base64 = (key: Uint8Array) => Buffer.from(key).toString("base64");

/** The first of these keyrings as a server under test is given it, so that it opens what a test has sealed. */
export const TEST_KEYS = { MUSTER_KEYS: `1:${base64(keyOf(1))}`, MUSTER_INDEX_KEY: base64(INDEX) };

/** A keyring of tests: the same in every run, and no secret. */
export function testKeyring(versions = 1): Keyring {
  const encryption = new Map(Array.from({ length: versions }, (_, i) => [i + 1, keyOf(i + 1)] as const));
  return new Keyring({ encryption, current: versions, index: INDEX });
}
