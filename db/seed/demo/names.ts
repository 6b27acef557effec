import type { Random } from "./random";

/** The villages of 柳河镇, in the order of their accounts liuhe-01 to liuhe-64. */
export const LIUHE_VILLAGES: readonly string[] =
  `河湾村 上坪村 大树村 红星村 岭脚村 北沟村 南沟村 枫林村 柳树湾村 石门村 青龙村 白鹤村 杨家庄村 桥头村 双井村 松坡村
   清泉村 黄泥岗村 梅园村 竹林村 王家湾村 东风村 前进村 幸福村 新民村 和平村 光明村 胜利村 团结村 永兴村 长乐村 太平村
   龙潭村 虎山村 凤凰村 金鸡村 银杏村 桃花村 杏花村 荷塘村 稻香村 麦田村 茶园村 桑园村 橘园村 柿子沟村 核桃坪村 板栗村
   古井村 老街村 新街村 上河村 下河村 西坡村 东坡村 瓦窑村 铁匠铺村 马家店村 李家村 张家寨村 陈家畈村 刘家铺村 赵家沟村 柳河村`.split(
    /\s+/,
  );

const FIRST =
  "上 下 东 西 南 北 前 后 大 小 新 老 高 长 双 三 五 七 石 金 银 白 青 红 黄 清 龙 凤 松 柏".split(" ");
const SECOND = "湾 坪 塘 桥 岭 溪 沟 岗 坡 洼 滩 泉 井 亭 坝 垄".split(" ");
const FAMILIES =
  "周 吴 郑 冯 褚 卫 蒋 沈 韩 朱 秦 许 何 吕 施 孔 曹 严 金 魏 陶 姜 戚 谢 邹 喻 苏 潘 葛 范 彭 鲁 韦 马 苗 方 俞 任 袁 柳".split(
    " ",
  );
const PLACES = "湾 庄 岗 桥 畈 店 寨 坪 集 楼".split(" ");
const COMMUNITIES =
  `向阳 文化路 解放路 和平里 钟楼 西关 东关 北门 南门 府前 学院路 滨河 长虹 锦绣 翠竹 芙蓉 丹桂 玉兰 紫薇 香樟 银河 曙光 朝阳
   春晖 秋实 安康 康宁 仁和 礼贤 崇文 尚武 建设路 工农 劳动 友谊 青年路 体育场 公园里 桂花园 梧桐 新华 人民路 中兴 复兴 振兴 迎宾 站前
   水塔 电厂 纺织 机械厂 铁路 码头 渔港 盐场 粮库 果园 苗圃 南湖 北湖 东湖 西湖路 云锦 云霞 云鹤 云栖 星光 星海 望江 听涛 观澜 临江`.split(
    /\s+/,
  );

const SURNAMES =
  "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕".split(
    " ",
  );
const GIVEN =
  `建国 建军 国强 志强 卫国 卫东 爱军 爱民 永胜 永强 德明 德胜 文斌 文革 海涛 海军 立新 立军 春生 秋生 长河 长江 红旗 红军 学军 学文
   玉兰 秀英 桂芳 淑珍 丽华 晓燕 晓军 晓东 明亮 明辉 家宝 家旺 守义 守信 万山 万里 克勤 克俭 正平 正义 振华 振国 兴国 兴邦 光荣 光辉 少华
   少平 大伟 大勇 小兵 小梅 金山 金梅 银花 水生 火生 根生 宝根 冬梅 春梅 国庆 八一 援朝 和平 解放 跃进 向前 向东 志刚 志勇 敏 静 涛 军`.split(
    /\s+/,
  );

/** The name of an invented person. */
export function personName(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN);
}

/** Names for every village of a city, distinct over all its towns; those of a subdistrict are communities. */
export class VillageNames {
  private readonly villages: string[];
  private readonly communities: string[];

  constructor(random: Random) {
    const natural = FIRST.flatMap((a) => SECOND.map((b) => `${a}${b}村`));
    const families = FAMILIES.flatMap((a) => PLACES.map((b) => `${a}家${b}村`));
    const taken = new Set(LIUHE_VILLAGES);
    this.villages = random.shuffled([...natural, ...families]).filter((name) => !taken.has(name));
    this.communities = random.shuffled(COMMUNITIES.map((name) => `${name}社区`));
  }

  take(kind: "village" | "community"): string {
    const name = (kind === "village" ? this.villages : this.communities).pop();
    if (name === undefined) throw new RangeError(`no ${kind} name is left`);
    return name;
  }
}
