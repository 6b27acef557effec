import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { newId } from "@muster/db/scope";
import { LARGEST_FILE } from "@muster/domain/evidence";
import { badRequest, isRefusal, Overloaded, Refusal } from "./errors.server";
import { onStop } from "./stop.server";
import { LONGEST_NAME, LONGEST_TEXT } from "./text.server";

/** A file of a form as it arrived: in a folder of this process, under a name of ours, gone after the answer. */
export class ReceivedFile {
  constructor(
    readonly path: string,
    readonly size: number,
    /** It went on beyond the limit; what lies there is its beginning. */
    readonly tooLarge: boolean,
  ) {}
}

export interface ReceivedForm {
  fields: [string, string | ReceivedFile][];
  /** Removes what was received. */
  discard(): Promise<void>;
}

/** Fields around the file; no form of ours has half as many. */
const MOST_FIELDS = 20;
/** Each of them writes to the disk and none holds its file in memory. */
const MOST_AT_ONCE = 32;
let receiving = 0;

let folder: Promise<string> | undefined;

function ownFolder(): Promise<string> {
  folder ??= mkdtemp(join(tmpdir(), "muster-upload-")).then((path) => {
    onStop("uploads", () => rm(path, { recursive: true, force: true }));
    return path;
  });
  return folder;
}

/**
 * Reads a form with one file as it arrives, the file to the disk. Throws 415 for anything but multipart, 400 for a
 * broken one or one with more than it should have, Overloaded when too many arrive at once. Whatever it throws,
 * nothing is left behind.
 */
export async function receiveForm(request: Request): Promise<ReceivedForm> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) throw new Refusal(415, "wrongType");
  if (receiving >= MOST_AT_ONCE) throw new Overloaded(5);
  receiving += 1;
  const path = join(await ownFolder(), newId());
  const discard = () => rm(path, { force: true });
  try {
    return { fields: await readParts(request, type, path), discard };
  } catch (error) {
    await discard();
    // The stream's own word for a body beyond all limits.
    if (isRefusal(error)) throw error;
    throw badRequest("form.unreadable");
  } finally {
    receiving -= 1;
  }
}

async function readParts(
  request: Request,
  type: string,
  path: string,
): Promise<[string, string | ReceivedFile][]> {
  const fields: [string, string | ReceivedFile][] = [];
  let writing: Promise<void> | undefined;
  let hostile = false;
  const parser = new Busboy({
    headers: { "content-type": type },
    limits: {
      fileSize: LARGEST_FILE,
      files: 1,
      fields: MOST_FIELDS,
      fieldSize: 4 * LONGEST_TEXT,
      fieldNameSize: LONGEST_NAME,
      parts: MOST_FIELDS + 1,
      headerPairs: 20,
    },
  });
  for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
    parser.on(limit, () => {
      hostile = true;
    });
  }
  parser.on("field", (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) hostile = true;
    else fields.push([name, value]);
  });
  // The name that it came with is not looked at: it decides nothing and is written nowhere.
  parser.on("file", (name, stream) => {
    writing = pipeline(stream, createWriteStream(path, { mode: 0o600 })).then(async () => {
      const { size } = await stat(path);
      fields.push([name, new ReceivedFile(path, size, stream.truncated)]);
    });
    // Awaited below; a failure before that is not an unhandled one.
    writing.catch(() => {});
  });
  if (!request.body) throw badRequest("form.unreadable");
  await pipeline(Readable.fromWeb(request.body as never), parser);
  await writing;
  if (hostile) throw badRequest("form.hostile");
  return fields;
}
