import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Notice } from "~/ui/notice";
import { addressOf } from "./address";
import type { Frame } from "./model";

const LINK = "font-semibold text-info-ink underline";

/** What the page rests on: said before any number, and opening to the stations behind it. */
export function CoverageLine({ frame }: { frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  const f = useFormat();
  const { coverage, state, movedAway } = frame;
  const month = f.month(state.to);
  const list = (show: "missing" | "returned") =>
    `${addressOf("completeness", state, { show, indicator: undefined })}#completeness-open`;
  return (
    <Notice inline className="mb-4" title={t("rests.title")}>
      {!coverage ? (
        <span>{t("rests.unopened", { month: f.period(state.to) })}</span>
      ) : coverage.expected === 0 ? (
        <span>{t("rests.none", { month: f.period(state.to) })}</span>
      ) : (
        <>
          <span>
            {t("rests.line", {
              month,
              expected: f.integer(coverage.expected),
              filed: f.integer(coverage.filed),
              accepted: f.integer(coverage.accepted),
            })}
          </span>
          {coverage.returned > 0 && (
            <Link to={list("returned")} className={LINK}>
              {t("rests.returned", { count: coverage.returned })}
            </Link>
          )}
          {coverage.missing > 0 && (
            <Link to={list("missing")} className={LINK}>
              {t("rests.missing", { count: coverage.missing })}
            </Link>
          )}
        </>
      )}
      {state.basis === "provisional" && <span>{t("rests.provisional")}</span>}
      {state.boundaries === "today" && <span>{t("rests.today")}</span>}
      {(frame.page === "compliance" || frame.page === "staffing") && <span>{t("rests.records")}</span>}
      {movedAway > 0 && <span>{t("rests.moved", { count: movedAway })}</span>}
      <span className="ml-auto print:hidden">{t("rests.at", { time: f.dateTime(frame.at).slice(11) })}</span>
    </Notice>
  );
}
