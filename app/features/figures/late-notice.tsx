import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { addressOf, type FilingModel, fieldText, localized } from "./model";

/** What was entered after the report had been handed in, as the amendment it amounts to. */
export function LateNotice({ model }: { model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  return (
    <Notice tone="warn" className="mt-3" title={t("late.title", { count: model.late.length })}>
      <LateList model={model} />
      {model.may.amend ? (
        <LinkButton to={`${addressOf(model)}/amend?late=1`} size="small" className="mt-2 print:hidden">
          {t("late.amend")}
        </LinkButton>
      ) : (
        <p className="m-0 mt-1">{t(model.status === "submitted" ? "late.waiting" : "late.closed")}</p>
      )}
    </Notice>
  );
}

/** The figures concerned: as filed, and as the records have them now, each with its list. */
export function LateList({ model }: { model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const indicators = new Map(model.indicators.map((indicator) => [indicator.code, indicator]));
  return (
    <ul className="m-0 mt-1 list-none p-0">
      {model.late.map(({ code, filed, now }) => {
        const indicator = indicators.get(code);
        if (!indicator) return null;
        const { unit } = indicator;
        const words = t("late.line", {
          name: localized(indicator.name, locale),
          filed: filed === null ? t("field.blank") : fieldText(filed, unit),
          now: fieldText(now, unit),
        });
        const href = model.register[code]?.href;
        return (
          <li key={code} className="border-t border-line py-1 first:border-0">
            {href ? (
              <Link to={href} className="inline-flex min-h-target items-center">
                {words}
              </Link>
            ) : (
              words
            )}
          </li>
        );
      })}
    </ul>
  );
}
