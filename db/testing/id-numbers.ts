import type { LocalDate } from "@muster/domain/period";
import { checkSignOf, type Sex } from "@muster/domain/person";

/** A sound ID number of nobody: no place has the code 329900. `order` tells apart who was born on one day. */
export function idNumberOf(bornOn: LocalDate, sex: Sex, order: number, region = "329900"): string {
  const digit = (order % 50) * 2 + (sex === "male" ? 1 : 0);
  const hundreds = Math.floor(order / 50) % 10;
  const first = `${region}${bornOn.replaceAll("-", "")}${hundreds}${String(digit).padStart(2, "0")}`;
  return first + checkSignOf(first);
}
