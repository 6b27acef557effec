import { tell } from "./support/journey";
import { test } from "./support/test";

test.use({ story: "a month in English" });

test.describe("A month: the village on a PC, town and city on a phone", () => {
  tell({ language: "en", village: "pc", office: "phone" });
});
