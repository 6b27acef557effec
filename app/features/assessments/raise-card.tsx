import type { Localized } from "@muster/domain/indicator";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, type Refused } from "~/ui/form";

interface Props {
  items: readonly { code: string; name: Localized; finding: { id: string; state: string } | null }[];
  refused: Refused | null;
}

/** Mandatory items that fail, each with one button that makes it a finding with a date. */
export function RaiseCard({ items, refused }: Props) {
  const { t } = useTranslation(["inspections"]);
  const locale = useLocale();
  if (items.length === 0) return null;
  return (
    <Card title={t("raise.title")} className="mb-4 max-w-5xl print:hidden" id="raise">
      <p className="m-0 mb-2 text-ink-3">{t("raise.hint")}</p>
      <FormErrors refused={refused} />
      <ul className="m-0 grid list-none gap-2 p-0">
        {items.map(({ code, name, finding }) => {
          const label = t("raise.failed", { code, item: localized(name, locale) });
          const settled = finding?.state === "closed" || finding?.state === "withdrawn";
          return (
            <li key={code} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-2">
              <span className="min-w-0 flex-1">{label}</span>
              {finding && (
                <Link to={`/findings/${finding.id}`} className="inline-flex min-h-target items-center">
                  {t("raise.known")}
                  <span className="sr-only"> {label}</span>
                </Link>
              )}
              {(!finding || settled) && (
                <Form method="post">
                  <input type="hidden" name="code" value={code} />
                  <SubmitButton
                    intent="raise"
                    tone="plain"
                    size="small"
                    aria-label={`${t("raise.button")} ${label}`}
                  >
                    {t("raise.button")}
                  </SubmitButton>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
