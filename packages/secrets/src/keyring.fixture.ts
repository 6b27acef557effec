import { Keyring } from "./keyring";

/** A keyring of tests: the same in every run, and no secret. */
export function testKeyring(versions = 1): Keyring {
  const encryption = new Map(
    Array.from({ length: versions }, (_, i) => [i + 1, new Uint8Array(32).fill(i + 1)] as const),
  );
  return new Keyring({ encryption, current: versions, index: new Uint8Array(32).fill(200) });
}
