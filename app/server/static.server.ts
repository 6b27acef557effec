import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { chooseEncoding, type Encoding, isText } from "./compress.server";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

interface File {
  type: string;
  etag: string;
  body: Buffer;
  packed: Map<Encoding, Promise<Buffer>>;
}

const packers = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 9 }),
};

function load(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    files.set(`/${relative(folder, path).split(sep).join("/")}`, {
      type: TYPES[extname(path)] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 20)}"`,
      body,
      packed: new Map(),
    });
  }
  return files;
}

/**
 * Serves the browser build from memory: the list of files is closed, so no path can lead outside it. Files under
 * /assets carry their hash in the name and are kept by browsers for good.
 */
export function staticFiles(
  folder: string,
): (request: Request, pathname: string) => Promise<Response | null> {
  const files = load(folder);
  return async (request, pathname) => {
    const file = files.get(pathname);
    if (!file || (request.method !== "GET" && request.method !== "HEAD")) return null;
    const hashed = pathname.startsWith("/assets/");
    const headers = new Headers({
      "Content-Type": file.type,
      "Cache-Control": hashed ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      ETag: file.etag,
      Vary: "Accept-Encoding",
    });
    if (request.headers.get("If-None-Match") === file.etag)
      return new Response(null, { status: 304, headers });
    const encoding = isText(file.type) ? chooseEncoding(request.headers.get("Accept-Encoding")) : null;
    let body = file.body;
    if (encoding) {
      const packed = file.packed.get(encoding) ?? packers[encoding](file.body);
      file.packed.set(encoding, packed);
      body = await packed;
      headers.set("Content-Encoding", encoding);
    }
    headers.set("Content-Length", String(body.byteLength));
    return new Response(request.method === "HEAD" ? null : new Uint8Array(body), { headers });
  };
}
