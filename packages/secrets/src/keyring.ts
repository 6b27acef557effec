import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

/** Where a sealed value stands. It opens nowhere else: a value copied to another row or city is refused. */
export interface Place {
  cityId: number;
  table: string;
  /** What tells the row apart within its table and city. */
  row: string;
  column: string;
}

/** Keys as they are kept: 32 bytes each, by version. */
export interface Keys {
  encryption: ReadonlyMap<number, Uint8Array>;
  /** The version that seals. */
  current: number;
  /** Of the blind indexes; another one than those that seal. */
  index: Uint8Array;
}

/** A sealed value that does not open: changed, moved from its place, or sealed with a key that is not there. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

const FORMAT = 1;
const HEAD = 3;
const NONCE = 12;
const TAG = 16;
const INDEX_BYTES = 16;
export const KEY_BYTES = 32;
export const HIGHEST_VERSION = 65_535;

/**
 * Seals and opens personal data (AES-256-GCM) and makes the blind indexes by which it is found.
 * A sealed value is: format, version of its key (2 bytes), nonce, ciphertext, tag. Head and place are authenticated.
 */
export class Keyring {
  /** @param reload asked once for newer keys when a value names a version that is not known */
  constructor(
    private keys: Keys,
    private readonly reload?: () => Keys,
  ) {
    check(keys);
  }

  /** The version that seals. */
  get current(): number {
    return this.keys.current;
  }

  seal(text: string, place: Place): Uint8Array {
    const { current, encryption } = this.keys;
    const head = headOf(current);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv("aes-256-gcm", known(encryption.get(current)), nonce, {
      authTagLength: TAG,
    });
    cipher.setAAD(Buffer.concat([head, addressOf(place)]));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([head, nonce, sealed, cipher.getAuthTag()]);
  }

  /** Throws Unreadable; its message names the place and nothing of the value. */
  open(sealed: Uint8Array, place: Place): string {
    const bytes = Buffer.from(sealed);
    const version = versionOf(bytes);
    const key = version === null ? undefined : this.keyOf(version);
    const refuse = () =>
      new Unreadable(`${place.table}.${place.column} of city ${place.cityId} does not open`);
    if (!key) throw refuse();
    try {
      const nonce = bytes.subarray(HEAD, HEAD + NONCE);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG });
      decipher.setAAD(Buffer.concat([bytes.subarray(0, HEAD), addressOf(place)]));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
      const text = bytes.subarray(HEAD + NONCE, bytes.length - TAG);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
    } catch {
      throw refuse();
    }
  }

  /**
   * By what an exact value is found without being stored: keyed, per city and purpose, so that neither two cities
   * nor two columns can be compared.
   */
  blind(cityId: number, purpose: string, text: string): Uint8Array {
    return createHmac("sha256", this.keys.index)
      .update(JSON.stringify([cityId, purpose, text]))
      .digest()
      .subarray(0, INDEX_BYTES);
  }

  private keyOf(version: number): Uint8Array | undefined {
    const key = this.keys.encryption.get(version);
    if (key || !this.reload) return key;
    const keys = this.reload();
    check(keys);
    this.keys = keys;
    return keys.encryption.get(version);
  }
}

/** The version of the key that sealed a value; null when it is no sealed value. */
export function versionOf(sealed: Uint8Array): number | null {
  if (sealed.length < HEAD + NONCE + TAG || sealed[0] !== FORMAT) return null;
  return ((sealed[1] ?? 0) << 8) | (sealed[2] ?? 0);
}

function headOf(version: number): Buffer {
  return Buffer.from([FORMAT, version >> 8, version & 0xff]);
}

function addressOf({ cityId, table, row, column }: Place): Buffer {
  return Buffer.from(JSON.stringify([cityId, table, row, column]));
}

function known(key: Uint8Array | undefined): Uint8Array {
  if (!key) throw new Unreadable("the key that seals is not there");
  return key;
}

function check({ encryption, current, index }: Keys): void {
  const all = [...encryption.values(), index];
  if (all.some((key) => key.length !== KEY_BYTES)) throw new Error(`Every key has ${KEY_BYTES} bytes.`);
  if (!encryption.has(current)) throw new Error(`There is no key ${current} to seal with.`);
  if ([...encryption.values()].some((key) => Buffer.from(key).equals(index)))
    throw new Error("The key of the indexes must not be one of those that seal.");
}
