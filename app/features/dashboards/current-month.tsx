import { addMonths } from "@muster/domain/period";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { buttonStyle } from "~/ui/button";
import { Meter } from "~/ui/meter";
import { addressOf } from "./address";
import type { Frame, MonthCoverage } from "./model";

/** How far the open month is: it moves with every report that is accepted, and is one click from its figures. */
export function CurrentMonth({ frame }: { frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  const f = useFormat();
  const { current, state } = frame;
  if (!current || state.to >= current.period) return null;
  const parts = partsOf(current);
  const month = f.month(current.period);
  const inMonth = { to: current.period, from: addMonths(current.period, -11), show: undefined };
  return (
    <section
      aria-label={t("current.title")}
      className="mb-4 grid gap-x-5 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3 lg:grid-cols-[auto_minmax(0,1fr)_auto] lg:items-center print:hidden"
    >
      <h2 className="m-0 text-md">
        {t("current.title")} <span className="font-normal text-ink-2">· {f.period(current.period)}</span>
      </h2>
      <Meter
        label={t("current.label", { month, expected: current.expected, ...parts })}
        total={current.expected}
        legend
        segments={[
          { id: "accepted", value: parts.accepted, shade: "s1", label: t("current.accepted") },
          { id: "submitted", value: parts.submitted, shade: "s3", label: t("current.submitted") },
          { id: "returned", value: parts.returned, shade: "s4", label: t("current.returned") },
          { id: "missing", value: parts.missing, shade: "s5", label: t("current.missing") },
        ]}
      />
      <span className="flex flex-wrap gap-2">
        <Link
          to={`${addressOf("completeness", state, inMonth)}#completeness-open`}
          className={buttonStyle({ size: "small", tone: "quiet" })}
        >
          {t("current.list")}
        </Link>
        <Link to={addressOf(frame.page, state, inMonth)} className={buttonStyle({ size: "small" })}>
          {t("current.open", { month })}
        </Link>
      </span>
    </section>
  );
}

/** An accepted report that was sent back counts as returned: the parts make up what was expected. */
function partsOf({ filed, accepted, returned, missing }: MonthCoverage) {
  const settled = Math.min(accepted, filed);
  return { accepted: settled, submitted: filed - settled, returned, missing };
}
