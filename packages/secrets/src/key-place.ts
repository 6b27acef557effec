import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { HIGHEST_VERSION, KEY_BYTES, Keyring, type Keys } from "./keyring";

/** The variables that say where keys are kept. */
export type KeyVariables = Readonly<Record<string, string | undefined>>;

interface Written {
  current: number;
  keys: Record<string, string>;
  index: string;
}

/** Keys given in the environment (several servers, a key service), or null where a file keeps them. */
function keysFrom({ MUSTER_KEYS, MUSTER_INDEX_KEY }: KeyVariables): Keys | null {
  if (!MUSTER_KEYS && !MUSTER_INDEX_KEY) return null;
  if (!MUSTER_KEYS || !MUSTER_INDEX_KEY)
    throw new Error("MUSTER_KEYS and MUSTER_INDEX_KEY are set together or not at all.");
  const encryption = new Map<number, Uint8Array>();
  for (const entry of MUSTER_KEYS.split(",")) {
    const [, version, text] = /^\s*(\d{1,5}):([A-Za-z0-9+/=]+)\s*$/.exec(entry) ?? [];
    if (!version || !text) throw new Error("MUSTER_KEYS is written 1:BASE64,2:BASE64 with 32 bytes each.");
    encryption.set(Number(version), keyOf(text, "MUSTER_KEYS"));
  }
  return {
    encryption,
    current: highest(encryption.keys()),
    index: keyOf(MUSTER_INDEX_KEY, "MUSTER_INDEX_KEY"),
  };
}

/** The file that keeps the keys where the environment gives none. */
function keyFileOf(source: KeyVariables): string {
  return source.MUSTER_KEY_FILE || join(source.MUSTER_DATA || ".data", "keys.json");
}

/**
 * The keys of this installation: from the environment, or from the key file, which is made at the first start and
 * readable by its owner alone. Throws a sentence for the operator when they cannot be read.
 */
export function openKeyring(source: KeyVariables): Keyring {
  const given = keysFrom(source);
  if (given) return new Keyring(given);
  const file = keyFileOf(source);
  if (!existsSync(file)) create(file);
  return new Keyring(readKeys(file), () => readKeys(file));
}

/**
 * Adds a key that seals from now on; those before it still open. In the environment nothing can be added: the operator
 * puts a higher version into MUSTER_KEYS. Returns the version that seals.
 */
export function addKey(source: KeyVariables): number {
  if (keysFrom(source)) throw new Error("The keys stand in MUSTER_KEYS: add one of a higher version there.");
  const file = keyFileOf(source);
  if (!existsSync(file)) create(file);
  const written = JSON.parse(readFileSync(file, "utf8")) as Written;
  const version = highest(Object.keys(written.keys).map(Number)) + 1;
  if (version > HIGHEST_VERSION) throw new Error("There are no versions left.");
  const next: Written = {
    ...written,
    current: version,
    keys: { ...written.keys, [version]: newKey() },
  };
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, textOf(next), { mode: 0o600 });
  renameSync(temporary, file);
  return version;
}

/** Two servers that start at once make one file: the link of the second is refused, and it reads the first one's. */
function create(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, textOf({ current: 1, keys: { "1": newKey() }, index: newKey() }), { mode: 0o600 });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  chmodSync(file, 0o600);
}

function readKeys(file: string): Keys {
  try {
    const { current, keys, index } = JSON.parse(readFileSync(file, "utf8")) as Written;
    const encryption = new Map(
      Object.entries(keys).map(([version, text]) => [Number(version), keyOf(text, file)]),
    );
    return { encryption, current, index: keyOf(index, file) };
  } catch (error) {
    // What a parser says of a broken file quotes from it, and this sentence goes into the log.
    const cause = error instanceof SyntaxError ? "it is no JSON" : (error as Error).message;
    throw new Error(`The key file ${file} cannot be read: ${cause}`);
  }
}

const textOf = (keys: Written) => `${JSON.stringify(keys, null, 2)}\n`;
const newKey = () => randomBytes(KEY_BYTES).toString("base64");
const highest = (versions: Iterable<number>) => Math.max(0, ...versions);

function keyOf(text: string, where: string): Uint8Array {
  const key = Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES) throw new Error(`${where} holds a key that has not ${KEY_BYTES} bytes.`);
  return key;
}
