import { holdsPrivateNumber } from "@muster/domain/private-number";
import { Refusal } from "./errors.server";

/** Most bytes of a form or JSON body. */
export const LARGEST_BODY = 1024 * 1024;
/** Addresses that take files: most bytes of their body, the form around the file included. */
const LARGER_BODIES: Readonly<Record<string, number>> = {
  "/stations/import": 6 * 1024 * 1024,
  "/people/import": 6 * 1024 * 1024,
};
/** Addresses whose body is not read here but handed on as it arrives: their route writes the file to the disk. */
const STREAMED = new Set(["/evidence", "/evidence/send"]);
export const LONGEST_URL = 8 * 1024;

// No OPTIONS: pages of other sites have nothing to ask here.
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** Refuses what no page, browser or client of ours sends, before any of it is interpreted. */
export function admit(method: string, target: string): void {
  if (!METHODS.has(method))
    throw new Refusal(405, "methodNotAllowed", { headers: { Allow: [...METHODS].join(", ") } });
  if (target.length > LONGEST_URL) throw new Refusal(414, "tooLong");
  const path = target.split("?", 1)[0] ?? "";
  try {
    // Control characters stand in no address of ours, and the router's patterns stop at a line's end.
    const plain = decodeURIComponent(path);
    if (!path.startsWith("/") || /\p{Cc}/u.test(plain)) throw new Refusal(400, "badRequest");
    // Nothing of ours has the number of somebody for its address; a page would say it back.
    if (holdsPrivateNumber(plain)) throw new Refusal(404, "notFound");
  } catch (error) {
    // URIError: a percent sign that encodes nothing.
    throw error instanceof Refusal ? error : new Refusal(400, "badRequest");
  }
  if (/%00/.test(target)) throw new Refusal(400, "badRequest");
  // The framework takes every method but GET for a form when a page's data is asked for.
  if (method === "HEAD" && path.endsWith(".data"))
    throw new Refusal(405, "methodNotAllowed", { headers: { Allow: "GET, POST" } });
}

/** Beyond the limit this much is still read and thrown away, so that a browser gets to see the answer. */
const LARGEST_DISCARDED = 16 * LARGEST_BODY;

/** Whether an address takes its body as it arrives, see receiveForm. */
export function isStreamed(target: string): boolean {
  return STREAMED.has((target.split("?", 1)[0] ?? "").replace(/\.data$/, ""));
}

/** A body to be handed on, which fails with 413 beyond all that is read of any. */
export function streamBody(request: Request): ReadableStream<Uint8Array> | undefined {
  if (Number(request.headers.get("Content-Length") ?? 0) > LARGEST_DISCARDED)
    throw new Refusal(413, "fileTooLarge");
  let size = 0;
  return request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > LARGEST_DISCARDED) throw new Refusal(413, "fileTooLarge");
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Reads a body up to the limit of its address; 413 beyond it, also when it came without a length. */
export async function readBody(request: Request, target: string): Promise<Uint8Array | undefined> {
  const path = target.split("?", 1)[0] ?? "";
  // The browser's own navigation asks for `/stations/import.data`.
  const largest = LARGER_BODIES[path.replace(/\.data$/, "")] ?? LARGEST_BODY;
  const declared = Number(request.headers.get("Content-Length") ?? 0);
  if (declared > LARGEST_DISCARDED) throw new Refusal(413, "tooLarge");
  if (!request.body) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_DISCARDED) throw new Refusal(413, "tooLarge");
    if (size <= largest) chunks.push(chunk);
  }
  if (size > largest) throw new Refusal(413, "tooLarge");
  return Buffer.concat(chunks);
}
