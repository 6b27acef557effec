import { Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

export type Encoding = "br" | "gzip";

const TEXT = /^(text\/|application\/(json|javascript|manifest\+json|problem\+json|xml)|image\/svg)/;

/** True for contents that shrink. */
export function isText(contentType: string | null): boolean {
  return TEXT.test(contentType ?? "");
}

/** The encoding to use: brotli before gzip, none that the reader refuses with q=0. */
export function chooseEncoding(accept: string | null): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of (accept ?? "").toLowerCase().split(",")) {
    const [name = "", ...options] = part.split(";").map((piece) => piece.trim());
    const weight = options.find((option) => option.startsWith("q="))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const allowed = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  return allowed("br") ? "br" : allowed("gzip") ? "gzip" : null;
}

/** Compresses a text answer on its way out; anything else passes unchanged. */
export function compress(response: Response, accept: string | null): Response {
  if (
    !response.body ||
    response.headers.has("Content-Encoding") ||
    !isText(response.headers.get("Content-Type"))
  ) {
    return response;
  }
  const headers = new Headers(response.headers);
  headers.append("Vary", "Accept-Encoding");
  const init = { status: response.status, statusText: response.statusText, headers };
  const length = Number(headers.get("Content-Length") ?? Number.POSITIVE_INFINITY);
  const encoding = length < 860 ? null : chooseEncoding(accept);
  if (!encoding) return new Response(response.body, init);
  headers.set("Content-Encoding", encoding);
  headers.delete("Content-Length");
  // Flushing keeps what is streamed readable as it comes.
  const packer =
    encoding === "br"
      ? createBrotliCompress({
          flush: constants.BROTLI_OPERATION_FLUSH,
          params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
        })
      : createGzip({ flush: constants.Z_SYNC_FLUSH, level: 6 });
  const source = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  // A reader who leaves, or a page that breaks off, ends the compressor with it.
  source.on("error", (error) => packer.destroy(error));
  packer.on("close", () => source.destroy());
  return new Response(Readable.toWeb(source.pipe(packer)) as ReadableStream, init);
}
