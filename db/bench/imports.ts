import { readFileSync } from "node:fs";
import { addDays } from "@muster/domain/period";
import { entriesOf, SECTION_NAMES } from "@muster/domain/person-sections";
import { personName } from "../seed/demo/names";
import { Random } from "../seed/demo/random";
import { idNumberOf } from "../testing/id-numbers";
import type { BenchCity, Node } from "./city";
import { stationCode } from "./city";
import { round } from "./measure";
import type { Reader } from "./pages";
import { type BenchServer, signIn } from "./server";
import { workbook } from "./workbook";

const BASICS = ["name", "idNumber", "sex", "bornOn", "phone", "category", "station", "activeFrom"];
const COLUMNS = [...BASICS, ...SECTION_NAMES.flatMap((section) => entriesOf(section).map(([name]) => name))];
/** What the template's head says: the page's own words. */
const WORDS: { field: Record<string, string> } = JSON.parse(
  readFileSync(new URL("../../app/i18n/zh-CN/people.json", import.meta.url), "utf8"),
);
/** A province whose numbers nobody of the benchmark's archives has. */
const REGION = "469900";

/** How long a file of people takes from the upload to the page that says that they are in, in seconds. */
export interface ImportTimes {
  people: number;
  megabytes: number;
  preview: number;
  commit: number;
  total: number;
  /** The same file once more: nothing is added. */
  again: number;
}

/** Uploads, looks at and confirms a file of people as the head of a town does, through the server. */
export async function importFile(
  server: BenchServer,
  reader: Reader,
  city: BenchCity,
  people: number,
): Promise<ImportTimes> {
  const cookie = await signIn(server.origin, reader.username, reader.password);
  const bytes = workbook(rowsFor(city, reader.node, people));
  const began = performance.now();
  const page = await preview(server, cookie, bytes);
  const previewed = performance.now();
  const { digest, parts, counted } = confirmationIn(page);
  if (!digest || parts.length === 0 || counted[0] !== people)
    throw new Error(`the file was not taken: ${counted.join(", ")}`);
  await confirm(server, cookie, { digest, parts });
  const ended = performance.now();
  const again = await preview(server, cookie, bytes);
  const repeated = performance.now();
  const [added, unchanged] = confirmationIn(again).counted;
  if (added !== 0 || unchanged !== people) throw new Error("the same file would change something");
  const seconds = (from: number, to: number) => round((to - from) / 1000);
  return {
    people,
    megabytes: round(bytes.length / 2 ** 20),
    preview: seconds(began, previewed),
    commit: seconds(previewed, ended),
    total: seconds(began, ended),
    again: seconds(ended, repeated),
  };
}

/** A title, the head, and a row for each: the archive as full as a clerk's own lists are. */
function rowsFor(city: BenchCity, town: Node, people: number): string[][] {
  const random = new Random("bench import");
  const villages = city.villages.filter((village) => village.parent === town);
  const rows = Array.from({ length: people }, (_, i) => {
    const village = villages[i % villages.length];
    if (!village) throw new Error("the town has villages");
    const [sex, word] = i % 7 === 0 ? (["female", "女"] as const) : (["male", "男"] as const);
    // A day of birth for every 400 of them: numbers of one day differ by their order.
    const bornOn = addDays("1941-03-01", Math.floor(i / 400) * 97);
    const said: Record<string, string> = {
      name: personName(random),
      idNumber: idNumberOf(bornOn, sex, i % 400, REGION),
      sex: word,
      bornOn,
      phone: `138${String(i).padStart(8, "0")}`,
      category: i % 5 === 0 ? "31 55" : "31",
      station: stationCode(city, village),
      address: `${town.name}${village.name}${i}号`,
      emergencyName: personName(random),
      emergencyRelation: "儿子",
      emergencyPhone: `137${String(i).padStart(8, "0")}`,
      enlistedOn: "1960-12-01",
      dischargedOn: "1964-03-01",
      unit: "某部队",
      marital: "已婚",
      livingAlone: i % 9 === 0 ? "是" : "否",
      emptyNest: "否",
      plaque: "是",
      bank: "农业银行",
      bankAccount: `6228480${String(i).padStart(12, "0")}`,
      needs: "定期体检",
    };
    return COLUMNS.map((name) => said[name] ?? "");
  });
  return [["退役军人名册"], COLUMNS.map((name) => WORDS.field[name] ?? name), ...rows];
}

async function preview({ origin }: BenchServer, cookie: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.set("intent", "preview");
  form.set("file", new Blob([new Uint8Array(bytes)]), "people.xlsx");
  const answer = await fetch(`${origin}/people/import`, {
    method: "POST",
    headers: { cookie, Origin: origin },
    body: form,
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`the preview answers ${answer.status}`);
  return text;
}

async function confirm(
  { origin }: BenchServer,
  cookie: string,
  { digest, parts }: { digest: string; parts: readonly string[] },
): Promise<void> {
  const body = new URLSearchParams([
    ["intent", "confirm"],
    ["digest", digest],
    ...parts.map((part) => ["parts", part]),
  ]);
  const answer = await fetch(`${origin}/people/import`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie, Origin: origin, "Content-Type": "application/x-www-form-urlencoded" },
    body: body.toString(),
  });
  await answer.arrayBuffer();
  if (answer.status !== 302) throw new Error(`the confirmation answers ${answer.status}`);
}

/** What the preview's page would send back, and its numbers of people to add and of those who are there. */
function confirmationIn(page: string) {
  const values = (name: string) =>
    [...page.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, "g"))].map(([, value]) => value ?? "");
  const counted = [...page.matchAll(/text-key[^>]*>([\d,]+)/g)].map(([, n]) =>
    Number(n?.replaceAll(",", "")),
  );
  return { digest: values("digest")[0], parts: values("parts"), counted };
}
