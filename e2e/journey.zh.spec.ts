import { tell } from "./support/journey";
import { test } from "./support/test";

test.use({ story: "a month in Chinese" });

test.describe("一个月：村里用手机，镇里和市里用电脑", () => {
  tell({ language: "zh-CN", village: "phone", office: "pc" });
});
