import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Examiner } from "./examiner";
import { archiveEnd, commentBomb, heic, PAYLOAD, pdf, photo, png, pngBomb, webp } from "./specimens.fixture";

let folder: string;
const examiner = new Examiner();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-files-"));
});
afterAll(async () => {
  examiner.stop();
  await rm(folder, { recursive: true });
});

async function look(bytes: Uint8Array) {
  const path = join(folder, "received");
  await writeFile(path, bytes);
  const examined = await examiner.examine(path);
  // Nothing but the received file itself lies there afterwards.
  expect(await readdir(folder)).toEqual(["received"]);
  return examined;
}

async function taken(bytes: Uint8Array) {
  const examined = await look(bytes);
  if (!examined.ok) throw new Error(examined.refusal);
  return examined.value;
}

const refusal = async (bytes: Uint8Array) => {
  const examined = await look(bytes);
  return examined.ok ? "taken" : examined.refusal;
};

describe("a photo", () => {
  it("is drawn again upright, without place and device, and with a thumbnail", async () => {
    const sent = await photo();
    expect(sent.includes("MUSTER-PHONE")).toBe(true);
    const { bytes, thumbnail, width, height, kind } = await taken(sent);
    // It lay on its side.
    expect({ kind, width, height }).toEqual({ kind: "image", width: 480, height: 640 });
    const { format, exif, icc, orientation } = await sharp(bytes).metadata();
    expect({ format, exif, icc, orientation }).toEqual({ format: "jpeg" });
    expect(Buffer.from(bytes).includes("MUSTER-PHONE")).toBe(false);
    const small = await sharp(thumbnail ?? undefined).metadata();
    expect(Math.max(small.width, small.height)).toBe(320);
  });

  it("of fifty million pixels is kept at a size that a screen shows", async () => {
    const { width, height } = await taken(await photo(8160, 6120));
    expect({ width, height }).toEqual({ width: 1920, height: 2560 });
  });

  it.each([
    ["PNG", png],
    ["WebP", webp],
  ])("in %s is taken as well", async (_, make) => {
    const { kind, bytes } = await taken(await make());
    expect([kind, (await sharp(bytes).metadata()).format]).toEqual(["image", "jpeg"]);
  });

  it("in HEIC is decoded: its left half is red, its right half green", async () => {
    const { bytes, width } = await taken(heic());
    expect(width).toBe(64);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number) => [
      ...data.subarray((32 * 64 + x) * info.channels, (32 * 64 + x) * info.channels + 3),
    ];
    const [red = 0, , blue = 0] = at(8);
    const [, green = 0] = at(56);
    expect([red > 200, blue < 60, green > 100]).toEqual([true, true, true]);
  });

  it("loses whatever stands before, beside and after its pixels", async () => {
    const sent = Buffer.concat([await photo(), Buffer.from(PAYLOAD), archiveEnd()]);
    const { bytes } = await taken(sent);
    expect(Buffer.from(bytes).includes("MUSTER-PAYLOAD")).toBe(false);
  });
});

describe("a PDF", () => {
  it("is kept to the byte", async () => {
    const { kind, bytes, thumbnail } = await taken(pdf());
    expect({ kind, thumbnail, same: Buffer.compare(bytes, pdf()) }).toEqual({
      kind: "pdf",
      thumbnail: null,
      same: 0,
    });
  });

  it.each([
    ["something before its head", Buffer.concat([Buffer.from("<html>"), pdf()]), "unknown_type"],
    ["something after its end", Buffer.concat([pdf(), Buffer.from(PAYLOAD)]), "hidden_content"],
    [
      "an archive around its end",
      Buffer.concat([pdf().subarray(0, -6), archiveEnd(6), pdf().subarray(-6)]),
      "damaged|hidden_content",
    ],
    ["no end", pdf().subarray(0, -40), "damaged"],
    [
      "a table of contents elsewhere",
      Buffer.from(
        pdf()
          .toString("latin1")
          .replace(/startxref\n\d+/, "startxref\n3"),
        "latin1",
      ),
      "damaged",
    ],
    ["a head and nothing else", Buffer.from("%PDF-1.7\n%%EOF"), "damaged"],
  ])("with %s is refused", async (_, bytes, expected) => {
    expect(expected.split("|")).toContain(await refusal(bytes));
  });
});

describe("what is refused", () => {
  it("says why", async () => {
    const whole = await photo();
    expect({
      nothing: await refusal(Buffer.alloc(0)),
      text: await refusal(Buffer.from("hello")),
      page: await refusal(Buffer.from(`<html>${PAYLOAD}`)),
      gif: await refusal(Buffer.from("GIF89a\x01\0\x01\0\0\0\0;", "latin1")),
      half: await refusal(whole.subarray(0, whole.length / 2)),
      bomb: await refusal(pngBomb(50_000, 50_000)),
      heicBomb: await refusal(heic(60_000, 60_000)),
      brokenHeic: await refusal(heic().subarray(0, 200)),
    }).toEqual({
      nothing: "unknown_type",
      text: "unknown_type",
      page: "unknown_type",
      gif: "unknown_type",
      half: "damaged",
      bomb: "too_many_pixels",
      heicBomb: "too_many_pixels",
      brokenHeic: "damaged",
    });
  });

  it("leaves the next file a decoder that works", async () => {
    await look(await commentBomb());
    expect((await taken(await png())).kind).toBe("image");
  });

  it("is everything that ends the process that looks: the next file gets another", async () => {
    const path = join(folder, "received");
    await writeFile(path, await photo(8160, 6120));
    const looking = examiner.examine(path);
    await new Promise((resolve) => setTimeout(resolve, 60));
    examiner.stop();
    expect(await looking).toEqual({ ok: false, refusal: "too_complex" });
    expect((await taken(await png())).kind).toBe("image");
  });
});
