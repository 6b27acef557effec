import { tellAssessment } from "./support/assessing";
import { test } from "./support/test";

test.use({ story: "an assessment in English" });

test.describe("an assessment: the village on a PC, town and city on a phone", () => {
  tellAssessment({ language: "en", village: "pc", office: "phone" });
});
