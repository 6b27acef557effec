import { findPiece } from "@muster/db/queries/evidence/pieces";
import { thumbnailKey } from "@muster/files/store";
import { notFound } from "~/server/errors.server";
import { fileStore } from "~/server/files.server";
import { log } from "~/server/log.server";
import type { MemberContext } from "~/server/prepare.server";
import { demandSubject } from "./access.server";

type Asking = Pick<
  MemberContext<{ evidenceId: string }, unknown>,
  "request" | "params" | "scoped" | "demand"
>;

/** A name for the reader's own disk; ours has another. */
function fileName(title: string, extension: string): string {
  const safe = title.replace(/[\\/:*?"<>|\p{Cc}]/gu, "_");
  return `filename*=UTF-8''${encodeURIComponent(`${safe}.${extension}`).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}

/**
 * The file of a piece of evidence, or its thumbnail. It comes from outside: whatever a browser makes of it, it runs
 * nothing, loads nothing and is taken for nothing else. A browser may keep it, and asks each time whether it may show it.
 */
export async function serveFile(
  { request, params, scoped, demand }: Asking,
  which: "whole" | "thumbnail",
): Promise<Response> {
  const piece = await scoped((tx) => findPiece(tx, params.evidenceId));
  if (!piece || (which === "thumbnail" && piece.kind !== "image")) throw notFound();
  demandSubject(piece.subjectKind, piece, { demand });
  demand("read", "Evidence", { stationId: piece.stationId, path: piece.path });
  const etag = `"${Buffer.from(piece.sha256).toString("hex").slice(0, 32)}-${which}"`;
  const headers = new Headers({
    "Content-Type": piece.kind === "image" ? "image/jpeg" : "application/pdf",
    "Content-Disposition":
      piece.kind === "image"
        ? `inline; ${fileName(piece.title, "jpg")}`
        : `attachment; ${fileName(piece.title, "pdf")}`,
    "Content-Security-Policy":
      "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
    ETag: etag,
  });
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  const bytes = await fileStore.get(which === "whole" ? piece.fileKey : thumbnailKey(piece.fileKey));
  if (!bytes) {
    log().error({ evidence: piece.id }, "evidence without its file");
    throw notFound();
  }
  headers.set("Content-Length", String(bytes.byteLength));
  return new Response(bytes as BodyInit, { headers });
}
