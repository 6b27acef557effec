import { pinyin } from "pinyin-pro";

/** What a station is found by, in lower case: its name, code, pinyin and initials (`河湾村 … hewancun hwc`). */
export function searchText(name: string, code: string): string {
  const syllables = pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive" });
  const initials = syllables.map((syllable) => syllable.charAt(0)).join("");
  return `${name} ${code} ${syllables.join("").replaceAll(" ", "")} ${initials}`.toLowerCase();
}
