// @ts-check
// The process that looks into files from outside. It has no secrets, no database and no network of its own to lose:
// a file that breaks a decoder, or makes it take all there is, ends this process and nothing else.
import { readFile } from "node:fs/promises";
import process from "node:process";
import sharp from "sharp";

/**
 * @typedef {import("@muster/domain/evidence").FileRefusal} FileRefusal
 * @typedef {{ id: number, source: string, image: string, thumbnail: string }} Job
 * @typedef {{ kind: "image", width: number, height: number } | { kind: "pdf" }} Looked
 */

/** A photo of today's telephones has 50 million pixels at most; a bomb has billions in a few kilobytes. */
const MOST_PIXELS = 64_000_000;
/** HEIC is decoded whole, four bytes to the pixel and twice over. */
const MOST_HEIC_PIXELS = 26_000_000;
const LONGEST_EDGE = 2560;
const THUMBNAIL_EDGE = 320;
const LONGEST_SECONDS = 15;

// One image at a time, in one thread, nothing kept: the memory of this process is what one image takes.
sharp.concurrency(1);
sharp.cache(false);
// Decoders that no accepted type needs are not there for a crafted file to choose.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegFile", "VipsForeignLoadPngFile", "VipsForeignLoadWebpFile"],
});

class Refused extends Error {
  /** @param {FileRefusal} refusal */
  constructor(refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const HEIC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);

/**
 * What the content says it is; the name and the declared type are never asked.
 * @param {Buffer} bytes
 * @returns {"jpeg" | "png" | "webp" | "heic" | "pdf" | null}
 */
function typeOf(bytes) {
  const text = (/** @type {number} */ from, /** @type {number} */ to) => bytes.toString("latin1", from, to);
  if (bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
  if (text(4, 8) === "ftyp" && HEIC_BRANDS.has(text(8, 12))) return "heic";
  if (/^%PDF-(1\.[0-7]|2\.0)[\r\n ]/.test(text(0, 9))) return "pdf";
  return null;
}

/**
 * A PDF is kept as it came, so its frame must be one: head at the first byte, a table of contents where the end says
 * it is, nothing after the end, and not the directory of an archive around it.
 * @param {Buffer} bytes
 */
function lookIntoPdf(bytes) {
  const end = bytes.lastIndexOf("%%EOF");
  if (end < 0) throw new Refused("damaged");
  if (bytes.toString("latin1", end + 5).trim() !== "") throw new Refused("hidden_content");
  const tail = bytes.toString("latin1", Math.max(0, end - 1024), end);
  const start = Number(/startxref\s+(\d{1,10})\s*$/.exec(tail)?.[1] ?? Number.NaN);
  if (!(start < end)) throw new Refused("damaged");
  if (!/^\s*(xref\b|\d+\s+\d+\s+obj\b)/.test(bytes.toString("latin1", start, start + 64))) {
    throw new Refused("damaged");
  }
  if (bytes.indexOf("/Root") < 0 && bytes.indexOf("/Type/XRef") < 0 && bytes.indexOf("/Type /XRef") < 0) {
    throw new Refused("damaged");
  }
  // An archive is read from its end: its last record has a comment that reaches exactly to the end of the file.
  for (
    let at = bytes.lastIndexOf("PK\x05\x06");
    at >= 0;
    at = at === 0 ? -1 : bytes.lastIndexOf("PK\x05\x06", at - 1)
  ) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) >= bytes.length) {
      throw new Refused("hidden_content");
    }
    if (bytes.length - at > 22 + 0xffff) break;
  }
}

/**
 * Decodes HEIC after asking its boxes how large it will be.
 * @param {Buffer} bytes
 */
async function decodeHeic(bytes) {
  let largest = 0;
  for (
    let at = bytes.indexOf("ispe");
    at >= 0 && at + 16 <= bytes.length;
    at = bytes.indexOf("ispe", at + 4)
  ) {
    largest = Math.max(largest, bytes.readUInt32BE(at + 8) * bytes.readUInt32BE(at + 12));
  }
  if (largest === 0) throw new Refused("damaged");
  if (largest > MOST_HEIC_PIXELS) throw new Refused("too_many_pixels");
  // Loaded for the few files that need it: it takes as much memory as everything else here.
  // @ts-expect-error It comes without types.
  const { default: decode } = await import("heic-decode");
  const { data, width, height } = await decode({ buffer: bytes });
  if (width * height > MOST_HEIC_PIXELS) throw new Refused("too_many_pixels");
  return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 4 },
    limitInputPixels: MOST_PIXELS,
  });
}

/**
 * @param {"jpeg" | "png" | "webp"} type
 * @param {string} source
 */
async function openImage(type, source) {
  const image = sharp(source, { limitInputPixels: MOST_PIXELS, failOn: "error", sequentialRead: true });
  const { format, width, height } = await image.metadata();
  if (format !== type) throw new Refused("unknown_type");
  if (width * height > MOST_PIXELS) throw new Refused("too_many_pixels");
  return image.autoOrient();
}

/**
 * Draws an image again: what a camera wrote beside it (place, device, hidden parts) does not come along.
 * @param {"jpeg" | "png" | "webp" | "heic"} type
 * @param {Buffer} bytes
 * @param {Job} job
 * @returns {Promise<Looked>}
 */
async function redraw(type, bytes, { source, image, thumbnail }) {
  const decoded = type === "heic" ? await decodeHeic(bytes) : await openImage(type, source);
  const { width, height } = await decoded
    .flatten({ background: "#ffffff" })
    .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: LONGEST_SECONDS })
    .jpeg({ quality: 82 })
    .toFile(image);
  await sharp(image)
    .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toFile(thumbnail);
  return { kind: "image", width, height };
}

/**
 * @param {unknown} error
 * @returns {FileRefusal}
 */
function refusalOf(error) {
  if (error instanceof Refused) return error.refusal;
  const message = error instanceof Error ? error.message : "";
  if (/pixel limit/i.test(message)) return "too_many_pixels";
  if (/timeout/i.test(message)) return "too_complex";
  return "damaged";
}

/**
 * @param {Job} job
 * @returns {Promise<Looked>}
 */
async function look(job) {
  const bytes = await readFile(job.source);
  const type = typeOf(bytes);
  if (type === null) throw new Refused("unknown_type");
  if (type !== "pdf") return redraw(type, bytes, job);
  lookIntoPdf(bytes);
  return { kind: "pdf" };
}

process.on("message", async (/** @type {Job} */ job) => {
  /** @type {{ looked: Looked } | { refusal: FileRefusal }} */
  let answer;
  try {
    answer = { looked: await look(job) };
  } catch (error) {
    answer = { refusal: refusalOf(error) };
  }
  process.send?.({ id: job.id, ...answer, memory: process.memoryUsage.rss() });
});
// The server is gone, perhaps killed: nobody waits for an answer.
process.on("disconnect", () => process.exit(0));
