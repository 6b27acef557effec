import { VISITS } from "./support/addresses";
import { seeEveryPage } from "./support/every-page";
import { pagesOfBuild } from "./support/routes";
import { expect, test } from "./support/test";

test.use({ story: "every page on a phone" });

test("no page of the build is forgotten here", () => {
  expect(pagesOfBuild()).toEqual(Object.keys(VISITS).sort());
});

// With those of the PC every size, every language and large print appear; large print is tightest on a phone, in English.
seeEveryPage({ device: "phone", language: "zh-CN", elder: false });
seeEveryPage({ device: "phone", language: "en", elder: true });
