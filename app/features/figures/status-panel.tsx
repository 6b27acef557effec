import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { useFormat, useLocale } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { LateNotice } from "./late-notice";
import { addressOf, type FilingModel, localized } from "./model";

/** Where the report stands, in words: what happened, what comes next, and who can open what is closed. */
export function StatusPanel({ model }: { model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  const f = useFormat();
  const reviewer = model.reviewerName ?? t("reviewer");
  const when = (instant: string | null) => (instant ? formatDateTime(instant) : "");
  return (
    <>
      {model.status === "returned" && <Returned model={model} reviewer={reviewer} />}
      {model.status === "submitted" && (
        <Notice
          tone="good"
          className="mt-3"
          title={t("submitted.title", { at: when(model.submittedAt), reviewer })}
        >
          <p className="m-0">
            {model.nil && t("submitted.nil")}
            {t("submitted.next", { reviewer })}
          </p>
        </Notice>
      )}
      {(model.status === "accepted" || model.status === "locked") && (
        <Notice
          tone="good"
          className="mt-3"
          title={t(model.decidedBy ? "accepted.title" : "accepted.short", {
            at: when(model.decidedAt),
            by: model.decidedBy ?? "",
            reviewer,
          })}
        />
      )}
      {model.status === "amending" && (
        <Notice tone="warn" className="mt-3" title={t("amending.title")}>
          <p className="m-0">{t("amending.next", { reviewer })}</p>
          {model.may.cancel && (
            <LinkButton to={`${addressOf(model)}/amend`} size="small" className="mt-2">
              {t("amending.cancel")}
            </LinkButton>
          )}
        </Notice>
      )}
      {model.excused && (model.status === "draft" || model.status === "returned") && (
        <Notice tone="info" className="mt-3" title={t("draft.excused")}>
          <p className="m-0">{t("unlocked.reason", { reason: model.excused })}</p>
        </Notice>
      )}
      {model.unlocked && (
        <Notice
          tone="info"
          className="mt-3"
          title={t("unlocked.title", { until: f.date(model.unlocked.until) })}
        >
          {model.unlocked.reason && (
            <p className="m-0">{t("unlocked.reason", { reason: model.unlocked.reason })}</p>
          )}
        </Notice>
      )}
      {model.lock && model.status !== "submitted" && (
        <Notice tone="info" className="mt-3" title={model.lock.message}>
          <p className="m-0">{model.lock.next}</p>
        </Notice>
      )}
      {model.submitLock && (
        <Notice tone="info" className="mt-3" title={model.submitLock.message}>
          <p className="m-0">{model.submitLock.next}</p>
        </Notice>
      )}
      {model.late.length > 0 && <LateNotice model={model} />}
      {model.may.amend && (
        <p className="m-0 mt-3 print:hidden">
          <LinkButton to={`${addressOf(model)}/amend`}>{t("amend.open")}</LinkButton>
        </p>
      )}
      {model.round === 0 && !model.may.save && model.status === "draft" && !model.excused && (
        <Notice
          tone="info"
          className="mt-3"
          title={t(model.closed ? "draft.missing" : "draft.unsubmitted")}
        />
      )}
    </>
  );
}

/** Which cells came back and why; the first line jumps to the first cell. */
function Returned({ model, reviewer }: { model: FilingModel; reviewer: string }) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const f = useFormat();
  const cells = model.indicators.filter(({ code }) => model.returned[code] !== undefined);
  return (
    <Notice
      tone="bad"
      className="mt-3"
      title={t("returned.title", { reviewer: model.decidedBy ?? reviewer, count: cells.length })}
    >
      <p className="m-0">{t("returned.due", { date: f.date(model.dueOn) })}</p>
      <ul className="m-0 mt-1.5 list-none p-0">
        {cells.map((cell) => (
          <li key={cell.code} className="border-t border-bad">
            <Link
              to={{ hash: cell.code }}
              className="flex min-h-target items-center gap-2 py-1 text-bad no-underline hover:underline"
            >
              <span className="min-w-0 flex-1">
                {t("pair", { name: localized(cell.name, locale), text: model.returned[cell.code] })}
              </span>
              <span aria-hidden>›</span>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
