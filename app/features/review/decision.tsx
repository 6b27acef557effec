import { Form } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Button, SubmitButton } from "~/ui/button";
import { FormErrors, type Refused } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { FiguresTable } from "./figures-table";
import type { ReviewModel } from "./model";

interface DecisionProps {
  report: ReviewModel;
  refused: Refused | null;
  /** Ticked by the address: without a script the ticks travel through it. */
  cells: readonly string[];
  /** Something else waits after this one. */
  more: boolean;
}

/** The figures with what can be decided about them: tick and return, or accept. */
export function Decision({ report, refused, cells, more }: DecisionProps) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const typed = refused?.values ?? {};
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set([...cells, ...[typed.cell ?? []].flat()]),
  );
  const caption = t("table.caption", { station: report.name, period: format.period(report.period) });
  const decides = report.may.return || report.may.accept;
  const ticking = report.may.return
    ? { ticked, toggle, reasons: reasonsIn(typed), errors: refused?.errors ?? {} }
    : null;

  function toggle(code: string, on: boolean) {
    setTicked((before) => {
      const after = new Set(before);
      if (on) after.add(code);
      else after.delete(code);
      return after;
    });
    // The reason is asked for where the figure stands: the next key typed belongs there.
    if (on) requestAnimationFrame(() => document.getElementById(`reason-${code}`)?.focus());
  }

  return (
    <Form method="post" className="rounded-lg border border-line bg-surface">
      {refused && (
        <div className="p-3">
          <FormErrors refused={refused} />
        </div>
      )}
      <FiguresTable
        caption={caption}
        groups={report.groups}
        secondRound={report.secondRound}
        ticking={ticking}
      />
      {decides && (
        <>
          <input type="hidden" name="version" value={report.version} />
          <div className="sticky bottom-tabs z-bar flex flex-wrap items-center justify-end gap-2.5 rounded-b-lg border-t border-line bg-surface px-4 py-2.5 lg:bottom-0 print:hidden [&>button]:flex-1 lg:[&>button]:flex-none">
            {ticked.size === 0 && (
              <span className="hidden min-w-0 flex-1 text-ink-3 lg:block">
                {t("decide.hint")}
                <span className="block text-sm">{t("start.hint")}</span>
              </span>
            )}
            {report.may.return && <ReturnPart report={report} count={ticked.size} typed={typed} />}
            {report.may.accept && (
              <SubmitButton intent="accept" id="accept-report" disabled={ticked.size > 0}>
                {t(more ? "decide.accept" : "decide.acceptLast")}
                <span aria-hidden>›</span>
              </SubmitButton>
            )}
          </div>
        </>
      )}
      {report.closed && (
        <p className="m-0 border-t border-line px-4 py-3 text-ink-2">
          <span aria-hidden>● </span>
          {report.closed}
        </p>
      )}
    </Form>
  );
}

function ReturnPart({
  report,
  count,
  typed,
}: {
  report: ReviewModel;
  count: number;
  typed: Refused["values"];
}) {
  const { t } = useTranslation(["review"]);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (count === 0) {
    // Without a script the ticks go into the address, and the page comes back asking for the reasons.
    return ready ? (
      <Button disabled>{t("decide.return")}</Button>
    ) : (
      <Button type="submit" formMethod="get">
        {t("decide.return")}
      </Button>
    );
  }
  const { usual, first, last } = report.returnBy;
  return (
    <>
      <label className="flex items-center gap-2 whitespace-nowrap font-semibold" htmlFor="return-due">
        {t("decide.dueOn")}
        <DateInput
          id="return-due"
          name="dueOn"
          className="w-40"
          defaultValue={typeof typed.dueOn === "string" ? typed.dueOn : usual}
          min={first}
          max={last}
          required
        />
      </label>
      <SubmitButton intent="return" tone="danger">
        {t("decide.returnCount", { count })}
      </SubmitButton>
    </>
  );
}

function reasonsIn(values: Refused["values"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith("reason.") && typeof value === "string" ? [[name.slice("reason.".length), value]] : [],
    ),
  );
}
