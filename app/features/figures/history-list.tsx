import type { Unit } from "@muster/domain/indicator";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { Timeline } from "~/ui/timeline";
import type { HistoryEntry } from "./history";
import { fieldText } from "./model";

export interface HistoryListProps {
  entries: readonly HistoryEntry[];
  /** Name and unit by code. */
  names: Record<string, { name: string; unit: Unit }>;
}

const TONES = {
  save: "mute",
  submit: "info",
  return: "bad",
  accept: "good",
  amend: "warn",
  cancel: "mute",
  lock: "good",
} as const;

/** Every version of a report with what changed in it. */
export function HistoryList({ entries, names }: HistoryListProps) {
  const { t } = useTranslation(["figures", "nav"]);
  const role = (name: string) => t(`nav:role.${name as "head"}`);
  return (
    <Timeline
      events={entries.map((entry) => ({
        id: entry.id,
        tone: TONES[entry.action],
        title: t(`event.${entry.action}`, { round: entry.round }),
        when: formatDateTime(entry.at),
        who: `${entry.byName} · ${role(entry.byRole)} · ${t("event.version", { version: entry.version })}`,
        detail: <Detail entry={entry} names={names} />,
      }))}
    />
  );
}

function Detail({ entry, names }: { entry: HistoryEntry; names: HistoryListProps["names"] }) {
  const { t } = useTranslation(["figures"]);
  const changes = Object.entries(entry.changes);
  const returned = Object.entries(entry.returned);
  if (changes.length + returned.length === 0 && !entry.reason) return null;
  const text = (code: string, value: number | null) =>
    value === null ? t("field.blank") : fieldText(value, names[code]?.unit ?? "item");
  return (
    <div className="grid gap-1.5">
      {entry.reason && (
        <p className="m-0">
          {t("event.reason")}
          {entry.reason}
        </p>
      )}
      {returned.map(([code, reason]) => (
        <p key={code} className="m-0 rounded bg-bad-soft px-2.5 py-1.5 text-sm text-bad">
          {t("pair", { name: names[code]?.name ?? code, text: reason })}
        </p>
      ))}
      {changes.length > 0 && (
        <details open={changes.length <= 12}>
          <summary className="min-h-6 text-sm text-accent underline underline-offset-2">
            {t("event.changes", { count: changes.length })}
          </summary>
          <table className="mt-1 w-full max-w-2xl text-sm">
            <thead>
              <tr className="text-ink-3">
                <th scope="col" className="border-b border-line py-1 text-left font-normal">
                  {t("column.indicator")}
                </th>
                <th scope="col" className="border-b border-line py-1 text-right font-normal">
                  {t("event.before")}
                </th>
                <th scope="col" className="border-b border-line py-1 text-right font-normal">
                  {t("event.after")}
                </th>
              </tr>
            </thead>
            <tbody>
              {changes.map(([code, [before, after]]) => (
                <tr key={code}>
                  <th scope="row" className="border-b border-line py-1 text-left font-normal">
                    {names[code]?.name ?? code}
                  </th>
                  <td className="border-b border-line py-1 text-right text-ink-2">{text(code, before)}</td>
                  <td className="border-b border-line py-1 text-right font-semibold">{text(code, after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}
