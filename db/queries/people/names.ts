import { pinyin } from "pinyin-pro";

/** How a name is found and ordered: `曾小明` gives `zengxiaoming` and `zxm`. Surnames are read as surnames. */
export function spellingOf(name: string): { pinyin: string; initials: string } {
  const syllables = pinyin(name, {
    toneType: "none",
    type: "array",
    surname: "head",
    v: true,
    nonZh: "consecutive",
  }).map((syllable) => syllable.normalize("NFKC").toLowerCase().replace(/\s/g, ""));
  return {
    pinyin: syllables.join(""),
    initials: syllables.map((syllable) => syllable.charAt(0)).join(""),
  };
}
