import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { CARD_PLACES, CARD_SIZE, sheetsOf } from "@muster/domain/card";
import PDFDocument from "pdfkit";
import type { CardFace } from "./faces.server";
import { sfntOf } from "./sfnt.server";

/** Points of a tenth of a millimetre. */
const POINTS = 72 / 254;
const pt = (tenths: number) => tenths * POINTS;
const INK = "#1c2733";
const SOFT = "#5b6876";
const ACCENT = "#a3231f";
/** Edge of a card within which nothing is printed, and the edge of the code. */
const MARGIN = 35;
const CODE = 165;
const HEAD = 105;
const FOOT = 40;
/** How long a cut mark is. */
const MARK = 40;

let font: Promise<Buffer> | undefined;

/** Noto Sans SC (OFL-1.1); of its seven thousand signs only those on the cards go into the file. */
function chineseFont(): Promise<Buffer> {
  font ??= readFile(
    createRequire(import.meta.url).resolve(
      "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
    ),
  ).then(sfntOf);
  return font;
}

/** Cards in their real size as an A4 file, ten to a sheet, as CardSheets draws them. */
export async function cardsPdf(faces: readonly CardFace[], title: string): Promise<Buffer> {
  const document = new PDFDocument({ size: "A4", margin: 0, autoFirstPage: false, info: { Title: title } });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (part: Buffer) => parts.push(part));
    document.on("end", () => resolve(Buffer.concat(parts)));
    document.on("error", reject);
  });
  document.registerFont("chinese", await chineseFont());
  document.font("chinese");
  for (const sheet of sheetsOf(faces)) {
    document.addPage();
    for (const [i, face] of sheet.entries()) {
      const { x, y } = CARD_PLACES[i] ?? { x: 0, y: 0 };
      drawMarks(document, x, y);
      drawCard(document, face, x, y);
    }
  }
  document.end();
  return whole;
}

/** Short lines outside the corners, along which the sheet is cut. */
function drawMarks(document: PDFKit.PDFDocument, x: number, y: number): void {
  document.lineWidth(0.3).strokeColor(SOFT);
  for (const [cx, outX] of [
    [x, -1],
    [x + CARD_SIZE.width, 1],
  ] as const) {
    for (const [cy, outY] of [
      [y, -1],
      [y + CARD_SIZE.height, 1],
    ] as const) {
      document
        .moveTo(pt(cx), pt(cy))
        .lineTo(pt(cx + outX * MARK), pt(cy))
        .stroke();
      document
        .moveTo(pt(cx), pt(cy))
        .lineTo(pt(cx), pt(cy + outY * MARK))
        .stroke();
    }
  }
}

function drawCard(document: PDFKit.PDFDocument, face: CardFace, x: number, y: number): void {
  const { width, height } = CARD_SIZE;
  document.save();
  // What does not fit ends at the card's edge and not on its neighbour.
  document.rect(pt(x), pt(y), pt(width), pt(height)).clip();
  document.rect(pt(x), pt(y), pt(width), pt(14)).fill(ACCENT);
  const line = { lineBreak: false, ellipsis: true } as const;
  document
    .fillColor(ACCENT)
    .fontSize(9)
    .text(face.title, pt(x + MARGIN), pt(y + 36), line);
  document
    .fillColor(INK)
    .fontSize(13)
    .text(face.name, pt(x + MARGIN), pt(y + 26), { ...line, width: pt(width - 2 * MARGIN), align: "right" });
  drawCode(document, face.code, x + width - MARGIN - CODE, y + HEAD + 20);
  document
    .fillColor(SOFT)
    .fontSize(5.5)
    .text(face.scan, pt(x + width - MARGIN - CODE), pt(y + HEAD + CODE + 28), {
      ...line,
      width: pt(CODE),
      align: "center",
    });
  const space = height - HEAD - FOOT - MARGIN;
  const step = Math.min(62, space / Math.max(1, face.rows.length));
  const size = Math.min(8, Math.max(5.5, step * POINTS * 0.55));
  const labelWidth = 170;
  for (const [i, { label, value }] of face.rows.entries()) {
    const top = pt(y + HEAD + i * step);
    const valueX = x + MARGIN + labelWidth + 12;
    document
      .fillColor(SOFT)
      .fontSize(size)
      .text(label, pt(x + MARGIN), top, { ...line, width: pt(labelWidth), height: pt(step) });
    document.fillColor(INK).text(value, pt(valueX), top, {
      ellipsis: true,
      lineGap: -1,
      width: pt(width - MARGIN - CODE - 25 - (valueX - x)),
      height: pt(step),
    });
  }
  document
    .fillColor(SOFT)
    .fontSize(5.5)
    .text(face.foot, pt(x + MARGIN), pt(y + height - FOOT - 14), { ...line, width: pt(width - 2 * MARGIN) });
  document.restore();
}

function drawCode(document: PDFKit.PDFDocument, code: CardFace["code"], x: number, y: number): void {
  const edge = CODE / code.length;
  for (const [row, squares] of code.entries()) {
    for (const [column, dark] of squares.entries()) {
      if (dark) document.rect(pt(x + column * edge), pt(y + row * edge), pt(edge), pt(edge));
    }
  }
  document.fill("#000000");
}
