import { tellAssessment } from "./support/assessing";
import { test } from "./support/test";

test.use({ story: "an assessment in Chinese" });

test.describe("考评：村里用手机拍照自评，镇里和市里用电脑", () => {
  tellAssessment({ language: "zh-CN", village: "phone", office: "pc" });
});
