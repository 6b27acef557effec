const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/i, "微信"],
  [/DingTalk/i, "钉钉"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/360SE|QIHU|360EE/i, "360"],
  [/QQBrowser/i, "QQ"],
  [/UCBrowser|UBrowser/i, "UC"],
  [/HuaweiBrowser/i, "华为"],
  [/MiuiBrowser/i, "小米"],
  [/Firefox\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux|UOS|Kylin/i, "Linux"],
];

/** Browser and system in a word or two, for a list in which a person should know their own devices. */
export function deviceOf(userAgent: string): string | null {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const found = [named(BROWSERS), named(SYSTEMS)].filter(Boolean);
  return found.length > 0 ? found.join(" · ") : null;
}
