import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Notice } from "~/ui/notice";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import type { Effects } from "./effects";

const MOST_NAMES = 20;
const MOST_MONTHS = 60;

/** What a change does, in sentences, with the open months one by one. */
export function ChangeEffects({ effects, lead }: { effects: Effects; lead: string }) {
  const { t } = useTranslation(["stations"]);
  const { lines, months } = effects;
  return (
    <>
      <p className="m-0 mb-2 text-md font-semibold">{lead}</p>
      {lines.length > 0 ? (
        <ul className="m-0 mb-3 grid list-disc gap-1.5 pl-5">
          {lines.map(({ key, count, from, to, names }) => (
            <li key={key}>
              {t(`effect.${key}`, { count, from, to })}
              {names.length > 0 && (
                <span className="block text-sm text-ink-3">
                  {names.slice(0, MOST_NAMES).join("、")}
                  {names.length > MOST_NAMES && " …"}
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        months.length === 0 && <p className="m-0 mb-3 text-ink-2">{t("effect.nothing")}</p>
      )}
      {months.length > 0 && <MonthTable months={months} />}
      <Notice className="mt-3">{t("effect.keeps")}</Notice>
    </>
  );
}

function MonthTable({ months }: { months: Effects["months"] }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const several = new Set(months.map((month) => month.stationId)).size > 1;
  return (
    <>
      <h3 className="m-0 mb-1 text-base">{t("effect.months")}</h3>
      <Table
        caption={t("effect.monthsCaption")}
        rows={months.slice(0, MOST_MONTHS)}
        rowKey={(month) => `${month.stationId} ${month.period}`}
        grow
        columns={[
          { id: "period", header: t("effect.period"), rowHeader: true, cell: (m) => f.period(m.period) },
          ...(several
            ? [
                {
                  id: "station",
                  header: t("effect.station"),
                  cell: (m: Effects["months"][number]) => m.stationName,
                },
              ]
            : []),
          { id: "state", header: t("effect.state"), cell: (m) => t(`reports.status.${m.status}`) },
          {
            id: "change",
            header: t("effect.change"),
            cell: (m) => (
              <>
                <Tag tone={TONES[m.change]}>{t(`effect.${m.change}`)}</Tag>
                {m.because && (
                  <span className="ml-2 text-sm text-ink-3">{t(`effect.because.${m.because}`)}</span>
                )}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

const TONES = { expected: "info", not_expected: "mute", follows: "info", stays: "mute" } as const;
