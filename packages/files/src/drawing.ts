import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Examined } from "./examiner";

const THUMBNAIL_EDGE = 320;

/** A drawing of our own (SVG) as a photo is kept: a JPEG with its thumbnail. Nothing from outside comes here. */
export async function drawPhoto(svg: string): Promise<Examined & { kind: "image"; thumbnail: Uint8Array }> {
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#fff" })
    .jpeg({ quality: 70 })
    .toBuffer({ resolveWithObject: true });
  const thumbnail = await sharp(data)
    .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 70 })
    .toBuffer();
  const sha256 = createHash("sha256").update(data).digest();
  return { kind: "image", bytes: data, thumbnail, width: info.width, height: info.height, sha256 };
}
