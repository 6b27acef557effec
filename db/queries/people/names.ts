import { pinyin } from "pinyin-pro";

/** A name as somebody types it to find it. Spaces between syllables or signs say nothing: `wang xiaoming`, `张 三`. */
export function typedName(q: string): string {
  return q
    .normalize("NFKC")
    .replace(/[\s'’]+/g, "")
    .toLowerCase();
}

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
