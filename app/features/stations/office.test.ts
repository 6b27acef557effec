import { describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { officeName } from "./office";

describe("the name of an office", () => {
  const zh = translate("zh-CN");
  it.each([
    ["红星村", "红星村退役军人服务站"],
    ["柳河镇", "柳河镇退役军人服务站"],
    ["银河社区", "银河社区退役军人服务站"],
    ["云岭市", "云岭市退役军人事务局"],
    ["城北区", "城北区退役军人事务局"],
    ["云岭市军休所", "云岭市军休所"],
    ["柳河镇退役军人服务站", "柳河镇退役军人服务站"],
  ])("%s signs as %s", (name, office) => {
    expect(officeName(name, zh)).toBe(office);
  });
});
