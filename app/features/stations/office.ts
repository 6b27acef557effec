import type { Translate } from "~/i18n/locales";

/** A place that has a bureau; a community's name ends like a district's. */
const BUREAU = /(市|区|县|州|盟|旗)$/;
/** What already says what it is. */
const WHOLE = /(站|局|所|中心|处|点|院|办)$/;

/** A station as its seal names it: `红星村` is written `红星村退役军人服务站` on a paper that leaves the house. */
export function officeName(name: string, t: Translate): string {
  if (WHOLE.test(name)) return name;
  const bureau = BUREAU.test(name) && !name.endsWith("社区");
  return t(bureau ? "common:office.bureau" : "common:office.station", { name });
}
