import { Random } from "./random";

/** What a demo picture shows. */
export type Motif = "front" | "sign" | "room" | "board" | "papers" | "plan";

export interface Picture {
  motif: Motif;
  /** Name of the station, written where such a place has it. */
  station: string;
  /** Words on a board or paper. */
  words: string;
  /** Tells two pictures of one motif apart: light, colours and furniture follow from it. */
  seed: string;
}

const [WIDTH, HEIGHT] = [640, 480];
const FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif";

/** A simple drawing of a place or a paper, as SVG. The same picture is the same text on every machine. */
export function drawingOf({ motif, station, words, seed }: Picture): string {
  const random = new Random(`picture ${seed}`);
  const content = DRAW[motif]({ station: escaped(station), words: escaped(words), random });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="${FONT}">${content}</svg>`;
}

interface Brush {
  station: string;
  words: string;
  random: Random;
}

const DRAW: Record<Motif, (brush: Brush) => string> = {
  front({ station, random }) {
    const wall = random.pick(["#e9dfc9", "#dfe3e0", "#ead6c4", "#d8dee6"]);
    const door = random.pick(["#5a4634", "#3d5a52", "#6b3a32"]);
    const sky = random.pick(["#cfe3ef", "#dfe8ea", "#bcd6ea"]);
    const windows = [70, 190, 420, 530]
      .map((x) => `${box(x, 250, 70, 90, "#9fb8c6")}${box(x + 33, 250, 4, 90, "#f4f4f2")}`)
      .join("");
    return [
      box(0, 0, WIDTH, HEIGHT, sky),
      box(0, 400, WIDTH, 80, "#a9a59a"),
      box(40, 130, 560, 280, wall),
      box(30, 110, 580, 26, "#8c3b2e"),
      box(90, 160, 460, 62, "#1f5138"),
      text(320, 202, 30, "#f3e3b0", fitted(`${station}退役军人服务站`, 460, 30)),
      windows,
      box(290, 270, 80, 140, door),
      box(326, 270, 4, 140, "#00000055"),
      box(258, 280, 20, 110, "#fbfaf5"),
      vertical(268, 300, 13, "#8c1f1f", "服务站"),
      box(560, 330, 26, 70, "#3f7d4a"),
    ].join("");
  },
  sign({ station, random }) {
    const metal = random.pick(["#c9a24a", "#b9b9b4", "#f6f3ea"]);
    return [
      box(0, 0, WIDTH, HEIGHT, random.pick(["#b7a58c", "#9ca3a0", "#c3b6a2"])),
      ...Array.from({ length: 12 }, (_, row) => box(0, row * 40, WIDTH, 2, "#00000018")),
      box(235, 20, 170, 440, "#00000033"),
      box(228, 14, 170, 440, metal),
      box(238, 24, 150, 420, "#ffffff22"),
      vertical(313, 62, 30, "#1d1d1b", fitted(`${station}退役军人服务站`, 400, 33)),
    ].join("");
  },
  room({ station, words, random }) {
    const desks = random.int(1, 3);
    return [
      box(0, 0, WIDTH, 330, random.pick(["#f1eee4", "#e9efec", "#eef0f4"])),
      box(0, 330, WIDTH, 150, random.pick(["#b89f7c", "#a8a8a4", "#c2ab8a"])),
      box(150, 40, 340, 46, "#1f5138"),
      text(320, 73, 24, "#f6ecc9", words || `${station}接待室`),
      box(40, 110, 120, 130, "#a9c7d8"),
      box(98, 110, 4, 130, "#ffffff"),
      box(500, 120, 100, 140, "#fffdf6"),
      ...[0, 1, 2, 3].map((line) => box(512, 140 + line * 26, 76, 6, "#c9c2ae")),
      ...Array.from({ length: desks }, (_, i) => {
        const x = 90 + i * 170;
        return `${box(x, 300, 150, 14, "#7b5d3c")}${box(x + 8, 314, 10, 90, "#5f4529")}${box(x + 132, 314, 10, 90, "#5f4529")}${box(x + 50, 258, 60, 42, "#2c3a40")}`;
      }),
      box(30, 260, 36, 90, "#4f8a58"),
    ].join("");
  },
  board({ station, words, random }) {
    const lines = random.int(6, 9);
    return [
      box(0, 0, WIDTH, HEIGHT, "#efece3"),
      box(110, 40, 420, 400, "#00000022"),
      box(100, 32, 420, 400, "#fffefa"),
      box(100, 32, 420, 74, random.pick(["#1f5138", "#8c1f1f", "#23456b"])),
      text(310, 80, 32, "#fff6d8", words),
      ...Array.from({ length: lines }, (_, i) => box(140, 134 + i * 30, random.int(200, 340), 9, "#8f8c82")),
      text(420, 418, 15, "#55534c", station),
    ].join("");
  },
  papers({ station, words, random }) {
    return [
      box(0, 0, WIDTH, HEIGHT, "#dcd6c8"),
      box(60, 40, 520, 400, "#8d8f90"),
      ...Array.from({ length: 12 }, (_, i) => {
        const colour = random.pick(["#2f5d8a", "#1f5138", "#8c1f1f", "#b98a2f"]);
        const x = 84 + (i % 6) * 80;
        const y = i < 6 ? 64 : 254;
        return `${box(x, y, 62, 160, colour)}${box(x + 10, y + 24, 42, 80, "#fdfbf3")}`;
      }),
      text(320, 470, 20, "#3b3a36", `${station} ${words}`),
    ].join("");
  },
  plan({ station, words, random }) {
    return [
      box(0, 0, WIDTH, HEIGHT, "#6f675a"),
      box(150, 20, 340, 440, "#fffefb"),
      text(320, 78, 24, "#b3201f", words),
      box(180, 96, 280, 3, "#b3201f"),
      ...Array.from({ length: 10 }, (_, i) => box(180, 124 + i * 26, random.int(190, 280), 7, "#b9b6ad")),
      text(380, 412, 15, "#333", station),
      `<circle cx="400" cy="404" r="34" fill="none" stroke="#c6302c" stroke-width="4" opacity="0.8"/>`,
    ].join("");
  },
};

function box(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function text(x: number, y: number, size: number, fill: string, words: string): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="middle" font-weight="bold">${words}</text>`;
}

/** One sign under the other, as a name plate has them. */
function vertical(x: number, y: number, size: number, fill: string, words: string): string {
  return [...words].map((sign, i) => text(x, y + i * (size + 3), size, fill, sign)).join("");
}

/** As much of a name as there is room for. */
function fitted(words: string, room: number, size: number): string {
  return [...words].slice(0, Math.floor(room / size)).join("");
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
