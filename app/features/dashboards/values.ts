import type { CellContent, CellFormat } from "@muster/reports/table";
import { formatDecimal, formatInteger, formatMoney, MISSING } from "~/i18n/format";

/** A cell as it stands on screen. Money comes in fen, a percentage in hundredths of the whole times 100. */
export function shown(content: CellContent, format: CellFormat): string {
  if (content === null) return MISSING;
  if (typeof content === "string") return content;
  switch (format) {
    case "money":
      return formatMoney(Math.round(content));
    case "percent":
      return `${content.toFixed(1)}%`;
    case "decimal":
      return formatDecimal(content, 1);
    case "count":
      return formatInteger(Math.round(content));
    case "text":
      return String(content);
  }
}
