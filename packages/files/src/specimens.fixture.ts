import { deflateSync } from "node:zlib";
import sharp from "sharp";

/** Files for tests, made by code from nothing: honest ones, and ones that mean harm. */

/** Stands in everything that must not survive. */
export const PAYLOAD = "<script>MUSTER-PAYLOAD</script>";

function canvas(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 40 } } });
}

/** A photo as a telephone writes it: turned on its side, with the place it was taken at. */
export function photo(width = 640, height = 480): Promise<Buffer> {
  return canvas(width, height)
    .withExif({
      IFD0: { Make: "MUSTER-PHONE" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "25/1 2/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

export const png = (width = 64, height = 48) => canvas(width, height).png().toBuffer();
export const webp = () => canvas(64, 48).webp().toBuffer();

/** A PDF with a right table of contents. */
export function pdf(words = "Muster"): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
    `<< /Length ${words.length} >>\nstream\n${words}\nendstream`,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, place) => {
    const at = text.length;
    text += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** 64 by 64 pixels, the left half red and the right one green, as an encoder of HEVC wrote them. */
const HEVC = Buffer.from(
  "AAAAAUABDAH//wFgAAADAJAAAAMAAAMAHpWYCQAAAAFCAQEBYAAAAwCQAAADAAADAB6gIIEFllZpJMrwFoCAAAADAIAAAAyEAAAAAUQBwXK0IkAAAAEo" +
    "Aa8dgPfPgP/xzB/KXhcz1AA/nS/NPMA=",
  "base64",
);

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const u32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const box = (type: string, ...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, "latin1"), body]);
};
const fullBox = (type: string, version: number, ...parts: Uint8Array[]) =>
  box(type, Buffer.from([version, 0, 0, 0]), ...parts);

/** A HEIC image around the pixels above; the size it claims may be another. */
export function heic(width = 64, height = 64): Buffer {
  const units = HEVC.toString("latin1")
    .replaceAll("\0\0\0\x01", "\0\0\x01")
    .split("\0\0\x01")
    .slice(1)
    .map((unit) => Buffer.from(unit, "latin1"));
  const kind = (unit: Buffer) => ((unit[0] ?? 0) >> 1) & 63;
  const sets = units.filter((unit) => kind(unit) >= 32);
  const slices = units.filter((unit) => kind(unit) < 32);
  const head = [1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f];
  const settings = box(
    "hvcC",
    Buffer.from([...head, sets.length]),
    ...sets.flatMap((unit) => [Buffer.from([0x80 | kind(unit)]), u16(1), u16(unit.length), unit]),
  );
  const data = Buffer.concat(slices.flatMap((unit) => [u32(unit.length), unit]));
  const type = box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1"));
  const meta = (offset: number) =>
    fullBox(
      "meta",
      0,
      fullBox("hdlr", 0, u32(0), Buffer.from("pict"), Buffer.alloc(13)),
      fullBox("pitm", 0, u16(1)),
      fullBox(
        "iloc",
        0,
        Buffer.from([0x44, 0]),
        u16(1),
        u16(1),
        u16(0),
        u16(1),
        u32(offset),
        u32(data.length),
      ),
      fullBox("iinf", 0, u16(1), fullBox("infe", 2, u16(1), u16(0), Buffer.from("hvc1\0", "latin1"))),
      box(
        "iprp",
        box("ipco", settings, fullBox("ispe", 0, u32(width), u32(height))),
        fullBox("ipma", 0, u32(1), u16(1), Buffer.from([2, 0x81, 2])),
      ),
    );
  const before = meta(0).length + type.length;
  return Buffer.concat([type, meta(before + 8), box("mdat", data)]);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
}

/** A PNG of that many white pixels in a few kilobytes: what it says it is, and far too much of it. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([1, 0, 0, 0, 0])]);
  const rows = deflateSync(Buffer.alloc(Math.min(8_000_000, (Math.ceil(width / 8) + 1) * height)), {
    level: 9,
  });
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A comment of a PNG that unpacks to hundreds of megabytes. */
export async function commentBomb(): Promise<Buffer> {
  const honest = await png();
  const text = Buffer.concat([
    Buffer.from("Comment\0\0", "latin1"),
    deflateSync(Buffer.alloc(64_000_000), { level: 9 }),
  ]);
  const afterHeader = 8 + 25;
  return Buffer.concat([honest.subarray(0, afterHeader), chunk("zTXt", text), honest.subarray(afterHeader)]);
}

/** An archive's last record; with a comment it may stand before the end of a file and still be found. */
export function archiveEnd(comment = 0): Buffer {
  const record = Buffer.alloc(22);
  record.write("PK\x05\x06", "latin1");
  record.writeUInt16LE(comment, 20);
  return record;
}

export type Harm =
  | "wrong type"
  | "polyglot"
  | "bomb"
  | "truncated"
  | "path in name"
  | "zero bytes"
  | "mutated"
  | "too large";

/** A file that means harm, with the name it comes under. */
export interface Hostile {
  harm: Harm;
  name: string;
  bytes: Buffer;
}

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** So many hostile files, the same for the same seed. */
export async function hostileFiles(count: number, seed = 7): Promise<Hostile[]> {
  const below = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
  const jpeg = await photo();
  const honest = [jpeg, await png(), await webp(), heic(), pdf()];
  const comment = await commentBomb();
  const big = Buffer.concat([jpeg, Buffer.alloc(11 * 1024 * 1024)]);
  const wrong = [
    Buffer.from(`<html>${PAYLOAD}</html>`),
    Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${PAYLOAD}</svg>`),
    Buffer.from("MZ\x90\0\x03\0\0\0"),
    Buffer.from("\x7fELF\x02\x01\x01\0", "latin1"),
    Buffer.from("#!/bin/sh\nrm -rf /\n"),
    Buffer.from(`GIF89a\x01\0\x01\0\0\0\0;${PAYLOAD}`, "latin1"),
    Buffer.from("II*\0\x08\0\0\0", "latin1"),
    Buffer.concat([Buffer.from("PK\x03\x04"), noise(200), archiveEnd()]),
    Buffer.from("\0\0\0\x20ftypavif\0\0\0\0", "latin1"),
  ];
  const names = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\a.jpg",
    "/etc/shadow",
    "a\0.jpg",
    `${"长".repeat(900)}.jpg`,
    "CON",
    ".htaccess",
    "x.jpg/../../y.php",
    "%2e%2e%2f.jpg",
  ];
  const make: Record<Harm, () => Buffer> = {
    "wrong type": () => Buffer.concat([pick(wrong), noise(below(400))]),
    polyglot: () =>
      pick([
        () => Buffer.concat([Buffer.from(`<html>${PAYLOAD}`), pdf()]),
        () => Buffer.concat([pdf(), Buffer.from(PAYLOAD)]),
        () => Buffer.concat([pdf(), archiveEnd()]),
        () => Buffer.concat([pdf().subarray(0, -6), archiveEnd(6), pdf().subarray(-6)]),
        () => Buffer.concat([jpeg, Buffer.from(PAYLOAD), archiveEnd()]),
        () =>
          Buffer.concat([
            jpeg.subarray(0, 2),
            Buffer.from([0xff, 0xfe, 0, PAYLOAD.length + 2]),
            Buffer.from(PAYLOAD),
            jpeg.subarray(2),
          ]),
        () => Buffer.concat([Buffer.from("GIF89a"), jpeg]),
        () => Buffer.concat([honest[1] as Buffer, Buffer.from(PAYLOAD)]),
      ])(),
    bomb: () =>
      pick([
        () => pngBomb(50_000, 50_000),
        () => pngBomb(30_000 + below(30_000), 20_000),
        () => pngBomb(2 ** 31 - 1, 2 ** 31 - 1),
        () => pngBomb(7_000, 9_000),
        () => heic(60_000, 60_000),
        () => comment,
        () => {
          // A JPEG whose frame says 65,500 by 65,500.
          const copy = Buffer.from(jpeg);
          const frame = copy.indexOf(Buffer.from([0xff, 0xc0]));
          copy.writeUInt16BE(65_500, frame + 5);
          copy.writeUInt16BE(65_500, frame + 7);
          return copy;
        },
      ])(),
    truncated: () => {
      const whole = pick(honest);
      return whole.subarray(0, 1 + below(Math.floor(whole.length * 0.9)));
    },
    "path in name": () => pick(honest),
    "zero bytes": () => Buffer.alloc(0),
    mutated: () => {
      const copy = Buffer.from(pick(honest));
      for (let n = 1 + below(20); n > 0; n -= 1) copy[below(copy.length)] = below(256);
      return copy;
    },
    "too large": () => big,
  };
  const harms = Object.keys(make) as Harm[];
  return Array.from({ length: count }, (_, n) => {
    // The large ones are slow to send and all the same.
    const usual = harms[n % harms.length] as Harm;
    const harm = usual === "too large" && n > 100 ? "mutated" : usual;
    const name =
      harm === "path in name" ? pick(names) : pick(["a.jpg", "b.png", "c.pdf", "d.webp", "e.heic", "f.exe"]);
    return { harm, name, bytes: make[harm]() };
  });
}
