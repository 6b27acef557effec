import { randomBytes } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs-lite";
import s3Driver from "unstorage/drivers/s3";

/** Where files lie: a folder, or a bucket that speaks S3. */
export type Place = { folder: string } | Bucket;

interface Bucket {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Bytes by key. */
export interface FileStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is none. */
  get(key: string): Promise<Uint8Array | null>;
  has(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** The keys of everything there is. */
  keys(): Promise<string[]>;
}

/** The variables that say where files lie. */
export type PlaceVariables = Readonly<Record<string, string | undefined>>;

/** What the environment says of the place of files; throws with the variable that is missing. */
export function placeFrom(source: PlaceVariables): Place {
  const { MUSTER_S3_BUCKET: bucket } = source;
  if (!bucket) return { folder: source.MUSTER_FILES || `${source.MUSTER_DATA || ".data"}/files` };
  const given = (name: string) => {
    const value = source[name];
    if (!value) throw new Error(`MUSTER_S3_BUCKET is set, so ${name} must be set, too.`);
    return value;
  };
  return {
    bucket,
    endpoint: given("MUSTER_S3_ENDPOINT"),
    region: source.MUSTER_S3_REGION || "us-east-1",
    accessKeyId: given("MUSTER_S3_ACCESS_KEY"),
    secretAccessKey: given("MUSTER_S3_SECRET_KEY"),
  };
}

/** Opens the place of files; nothing is touched before the first file. */
export function openStore(place: Place): FileStore {
  const driver = "folder" in place ? fsDriver({ base: place.folder }) : s3Driver(place);
  const storage = createStorage({ driver });
  return {
    put: (key, bytes) => storage.setItemRaw(checked(key), bytes),
    async get(key) {
      const found = await storage.getItemRaw<Uint8Array | ArrayBuffer>(checked(key));
      if (found === null) return null;
      return found instanceof ArrayBuffer ? new Uint8Array(found) : found;
    },
    has: (key) => storage.hasItem(checked(key)),
    remove: (key) => storage.removeItem(checked(key)),
    keys: () => ("folder" in place ? storage.getKeys() : keysOfBucket(place)),
  };
}

/** Everything in a bucket: a listing holds a thousand keys at most and says where the next one goes on. */
async function keysOfBucket({ endpoint, bucket, ...access }: Bucket): Promise<string[]> {
  const client = new AwsClient({ service: "s3", ...access });
  const keys: string[] = [];
  let token: string | null = null;
  do {
    const query = new URLSearchParams({ "list-type": "2" });
    if (token !== null) query.set("continuation-token", token);
    const answer = await client.fetch(`${endpoint.replace(/\/$/, "")}/${bucket}?${query}`);
    if (!answer.ok) throw new Error(`The bucket ${bucket} is not listed: ${answer.status}`);
    const text = await answer.text();
    for (const [, key = ""] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
      keys.push(unescaped(key).replaceAll("/", ":"));
    }
    const next: string | undefined = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
    const goesOn = /<IsTruncated>\s*true/.test(text);
    if (goesOn && (next === undefined || unescaped(next) === token))
      throw new Error(`The listing of the bucket ${bucket} does not say where it goes on.`);
    token = goesOn && next !== undefined ? unescaped(next) : null;
  } while (token !== null);
  return keys;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

const KEY = /^(\d+):(\d+):([0-9a-z]+)-[0-9a-f]{32}(-thumbnail)?$/;

function checked(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`not a key of ours: ${key}`);
  return key;
}

/**
 * A new key: city, station, the instant, and chance that nobody guesses. Nothing of a file's own name is in it, so
 * that no name reaches into another folder.
 */
export function newKey(cityId: number, stationId: number, now: Date): string {
  return `${cityId}:${stationId}:${now.getTime().toString(36)}-${randomBytes(16).toString("hex")}`;
}

/** The key of an image's thumbnail. */
export function thumbnailKey(key: string): string {
  return `${key}-thumbnail`;
}

/** What a key says of itself; null when it is none of ours. */
export function readKey(key: string): { cityId: number; writtenAt: Date; file: string } | null {
  const [, city, , stamp, thumbnail = ""] = KEY.exec(key) ?? [];
  if (!city || !stamp) return null;
  const writtenAt = new Date(Number.parseInt(stamp, 36));
  return { cityId: Number(city), writtenAt, file: key.slice(0, key.length - thumbnail.length) };
}
