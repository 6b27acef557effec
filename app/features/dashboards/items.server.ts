import type { StandardItem } from "@muster/domain/standard";
import { addressOf } from "./address";
import type { Ground } from "./ground.server";
import type { Row } from "./model";

/** The list of the stations that do not pass an item, which an address asks for by the item's code. */
export const ITEM_PANEL = "compliance-item";

/** The same page with the stations that do not pass an item. */
export function itemLink({ state }: Ground, { code }: Pick<StandardItem, "code">): Pick<Row, "to"> {
  return { to: `${addressOf("compliance", state, { item: code })}#${ITEM_PANEL}` };
}

/** An item as tables name it. */
export function itemName({ reader }: Ground, { code, name }: StandardItem): string {
  return `${code} ${reader.locale === "zh-CN" ? name.zh : name.en}`;
}

const WEIGHTS = ["mandatory", "optional", "bonus"] as const;

/** What hangs on an item: its dimension, some points, or a bonus. */
export function weightOf({ dimension, mandatory }: StandardItem): (typeof WEIGHTS)[number] {
  return dimension === "bonus" ? "bonus" : mandatory ? "mandatory" : "optional";
}

/** Items by what hangs on them, each group below its heading; within a group they keep their order. */
export function byWeight<I extends { item: StandardItem }>(
  { reader: { t } }: Ground,
  items: readonly I[],
): (I | (Row & { heading: true }))[] {
  return WEIGHTS.flatMap((weight) => {
    const own = items.filter(({ item }) => weightOf(item) === weight);
    if (own.length === 0) return [];
    return [{ heading: true as const, name: t(`dashboards:compliance.weight.${weight}`), cells: [] }, ...own];
  });
}
