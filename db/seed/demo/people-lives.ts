import { addDays, type LocalDate } from "@muster/domain/period";
import { checkSignOf, type Sex } from "@muster/domain/person";
import type { SectionContent, SectionName } from "@muster/domain/person-sections";
import type { Random } from "./random";

/*
 * Who the demo's people are: names, days of birth that fit their categories, ID numbers that belong to nobody, and what
 * stands in their archives. Nothing here knows of figures.
 */

const SURNAMES =
  `王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 彭 吕 苏 卢 蒋 蔡
   贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段`.split(
    /\s+/,
  );
const MIDDLE =
  "建 国 志 永 德 文 海 立 春 长 学 玉 明 家 守 正 振 兴 光 少 金 水 根 冬 世 成 庆 云 福 凤 宝 荣 景 善 维 克 应 仁 喜 松".split(
    " ",
  );
const LAST_MALE =
  "军 强 民 胜 涛 新 生 江 旗 亮 旺 义 信 山 勤 平 华 国 邦 荣 辉 伟 勇 兵 林 祥 贵 才 元 田 东 刚 清 发 斌 富 安 泉 友 成".split(
    " ",
  );
const LAST_FEMALE =
  "兰 英 芳 珍 燕 梅 花 莲 香 霞 琴 娥 凤 云 芬 萍 菊 秀 贞 华 静 敏 红 丽 玲 娟 仙 翠 桂 琼".split(" ");

/** A name as people of that sex have it. */
export function archiveName(random: Random, sex: Sex): string {
  const last = random.pick(sex === "male" ? LAST_MALE : LAST_FEMALE);
  const middle = random.chance(0.12) ? "" : random.pick(MIDDLE);
  return random.pick(SURNAMES) + (middle === last ? "" : middle) + last;
}

/** How old the holders of a category are, and how many of a hundred are women. */
const HOLDERS: Readonly<Record<string, readonly [least: number, most: number, women: number]>> = {
  10: [62, 91, 8],
  11: [94, 99, 10],
  12: [57, 78, 3],
  13: [62, 88, 25],
  20: [48, 82, 8],
  21: [46, 68, 6],
  22: [58, 84, 5],
  23: [60, 86, 4],
  25: [36, 55, 2],
  30: [32, 72, 3],
  31: [22, 64, 3],
  32: [40, 78, 2],
  33: [86, 97, 2],
  34: [44, 79, 3],
  40: [48, 92, 62],
  41: [34, 80, 68],
  42: [38, 88, 74],
  50: [34, 84, 2],
  51: [90, 98, 2],
  52: [46, 82, 3],
  53: [56, 76, 2],
  54: [66, 86, 1],
  55: [62, 80, 0],
  56: [66, 84, 46],
  58: [60, 82, 4],
  60: [22, 66, 56],
  61: [42, 76, 9],
};

/** Sex and day of birth of somebody with these categories; the one with the narrowest ages decides. */
export function holderOf(
  random: Random,
  codes: readonly string[],
  today: LocalDate,
): { sex: Sex; bornOn: LocalDate } {
  const ages = codes.flatMap((code) => HOLDERS[code] ?? []).length > 0 ? codes : ["34"];
  const bounds = ages.flatMap((code) => (HOLDERS[code] ? [HOLDERS[code]] : []));
  const [least, most, women] = bounds.sort((a, b) => a[1] - a[0] - (b[1] - b[0]))[0] ?? [44, 79, 3];
  const days = random.int(Math.ceil(least * 365.25), Math.floor((most + 1) * 365.25) - 1);
  return { sex: random.int(1, 100) <= women ? "female" : "male", bornOn: addDays(today, -days) };
}

/** ID numbers of a region that no statistical code names, each of them given once. */
export class IdNumbers {
  private readonly given = new Set<string>();

  constructor(private readonly region: string) {}

  next(random: Random, bornOn: LocalDate, sex: Sex): string {
    const stem = this.region + bornOn.replaceAll("-", "");
    for (;;) {
      const ordinal = random.int(0, 499) * 2 + (sex === "male" ? 1 : 0);
      const first17 = stem + String(ordinal).padStart(3, "0");
      if (this.given.has(first17)) continue;
      this.given.add(first17);
      return first17 + checkSignOf(first17);
    }
  }
}

/** A mobile number whose middle is not in use. */
export function mobile(random: Random): string {
  return `${random.pick(["130", "135", "138", "139", "150", "158", "186"])}0000${String(random.int(0, 9999)).padStart(4, "0")}`;
}

/** What decides what an archive says. */
export interface Circumstances {
  age: number;
  sex: Sex;
  /** Codes of the categories held at the beginning. */
  codes: readonly string[];
  /** Where the station is, as an address begins. */
  place: string;
  hospital: string;
  cardSince: LocalDate | null;
  livingAlone: boolean;
  emptyNest: boolean;
  plaque: boolean;
  bornOn: LocalDate;
  name: string;
}

const CHRONIC = ["高血压", "糖尿病", "冠心病", "腰椎间盘突出", "慢性支气管炎", "关节炎", "白内障术后"];
const NEEDS = [
  "暂无特殊需求",
  "希望有人陪同就医",
  "希望办理优待证有关手续",
  "希望参加站里的活动",
  "希望了解抚恤政策",
];
const INTERESTS = ["下棋", "太极拳", "书法", "钓鱼", "看报", "种菜", "唱军歌", "广场舞"];
const UNITS = ["某部一连", "某部三连", "某团机务连", "某部通信连", "某部汽车连", "某部炊事班"];

/** What stands in each section; nobody of the demo has a bank account. */
export function sectionsOfLife(random: Random, who: Circumstances): Record<SectionName, SectionContent> {
  const { age, codes, cardSince } = who;
  const served = codes.some((code) => (code >= "10" && code <= "13") || (code >= "20" && code <= "34"));
  const enlisted = Number(who.bornOn.slice(0, 4)) + random.int(18, 21);
  const cadre = codes.some((code) => code >= "10" && code <= "15");
  const years = cadre ? random.int(22, 32) : random.int(2, 8);
  const married = age > 76 ? random.chance(0.62) : random.chance(0.9);
  const marital = age < 27 ? "single" : married ? "married" : age > 60 ? "widowed" : "divorced";
  const care = age >= 80 ? (random.chance(0.1) ? "full" : random.chance(0.3) ? "partial" : "none") : "none";
  const condition =
    care === "full" ? "bedridden" : age >= 75 ? random.pick(["fair", "fair", "poor"]) : "good";
  const child = archiveName(random, random.chance(0.5) ? "male" : "female");
  return {
    contact: {
      address: `${who.place}${random.int(1, 180)}号`,
      emergencyName: child,
      emergencyRelation: age > 45 ? "子女" : "兄弟姐妹",
      emergencyPhone: mobile(random),
    },
    service: served
      ? {
          enlistedOn: `${enlisted}-12-01`,
          dischargedOn: `${Math.min(enlisted + years, Number(who.bornOn.slice(0, 4)) + 60)}-11-30`,
          branch: random.pick(["army", "army", "army", "navy", "air_force", "armed_police"]),
          unit: random.pick(UNITS),
          rank: cadre ? random.pick(["师职", "师职", "团职"]) : random.pick(["班长", "战士", "副班长"]),
          placement: cadre ? "retired" : codes.includes("30") ? "assigned" : "self_employed",
        }
      : { placement: "not_applicable" },
    family: {
      marital,
      ...(age > 45 ? { children: `${child}等${random.int(1, 3)}人` } : {}),
      livingAlone: who.livingAlone ? "yes" : "no",
      emptyNest: who.emptyNest ? "yes" : "no",
    },
    work: {
      employment: age >= 60 ? "retired" : random.pick(["employed", "farming", "self_employed", "employed"]),
      housing: random.pick(["own", "own", "own", "with_family", "public"]),
      insurance: cadre ? "employee" : random.pick(["resident", "resident", "employee"]),
    },
    health: {
      condition,
      ...(age >= 60 && random.chance(0.6) ? { chronic: random.pick(CHRONIC) } : {}),
      disability: codes.includes("50") ? random.pick(["g5", "g6", "g7", "g8", "g9", "g10"]) : "none",
      bloodType: random.pick(["a", "b", "o", "o", "ab", "unknown"]),
      care,
      hospital: who.hospital,
    },
    entitlement: {
      plaque: who.plaque ? "yes" : "no",
      ...(cardSince
        ? { cardNumber: `优${String(random.int(0, 99_999_999)).padStart(8, "0")}`, cardSince }
        : {}),
    },
    needs: { needs: random.pick(NEEDS), interests: random.pick(INTERESTS) },
  };
}
