/** The demo's months, in the cities' time zone. */

const shanghai = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

/** A day as `YYYY-MM-DD`, so many days from today. */
export function day(fromToday = 0): string {
  return shanghai.format(Date.now() + fromToday * 86_400_000);
}

/** A month as `YYYY-MM`, so many months from the open one. */
export function month(fromNow = 0): string {
  const [year = 0, number = 0] = day().split("-").map(Number);
  const count = year * 12 + number - 1 + fromNow;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** A month as the screens write it. */
export function monthName(period: string, language: "zh-CN" | "en"): string {
  const [year = "", number = ""] = period.split("-");
  if (language === "zh-CN") return `${year}年${Number(number)}月`;
  return new Date(`${period}-15T00:00:00Z`).toLocaleString("en-US", {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}
