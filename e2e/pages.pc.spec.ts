import { seeEveryPage } from "./support/every-page";
import { test } from "./support/test";

test.use({ story: "every page on a PC" });

seeEveryPage({ device: "pc", language: "en", elder: false });
