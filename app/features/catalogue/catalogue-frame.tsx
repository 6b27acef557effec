import type { Period } from "@muster/domain/period";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Tabs } from "~/ui/tabs";
import { FilterBar } from "~/ui/toolbar";

export interface CatalogueFrameProps {
  head: { at: Period; current: Period; months: readonly Period[] };
  mayEdit: boolean;
  /** Buttons at the right. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of the catalogue's lists: what it is, its four parts, and the month it is shown for. */
export function CatalogueFrame({ head, mayEdit, actions, children }: CatalogueFrameProps) {
  const { t } = useTranslation(["settings"]);
  const f = useFormat();
  const query = head.at === head.current ? "" : `?at=${head.at}`;
  return (
    <>
      <PageHeader title={t("catalogue.title")} note={t(mayEdit ? "catalogue.noteEdit" : "catalogue.note")}>
        {actions}
      </PageHeader>
      <CatalogueTabs query={query} />
      <div className="mb-3">
        <FilterBar label={t("catalogue.at")}>
          <Field label={t("catalogue.at")} id="at">
            {(control) => (
              <Select
                {...control}
                name="at"
                key={head.at}
                defaultValue={head.at}
                options={head.months.map((month) => ({
                  value: month,
                  label:
                    month === head.current
                      ? t("catalogue.atCurrent", { period: f.period(month) })
                      : f.period(month),
                }))}
              />
            )}
          </Field>
        </FilterBar>
      </div>
      {head.at !== head.current && (
        <Notice tone="info" className="mb-3" title={t("catalogue.atOther", { period: f.period(head.at) })} />
      )}
      {children}
    </>
  );
}

/** The parts of a city's content. @param query the month they are shown for, as an address has it */
export function CatalogueTabs({ query }: { query: string }) {
  const { t } = useTranslation(["settings"]);
  return (
    <Tabs
      label={t("catalogue.title")}
      items={[
        { to: `/settings/catalogue${query}`, label: t("catalogue.tab.indicators"), end: true },
        { to: `/settings/catalogue/checks${query}`, label: t("catalogue.tab.checks") },
        { to: `/settings/catalogue/deadlines${query}`, label: t("catalogue.tab.deadlines") },
        { to: `/settings/catalogue/staffing${query}`, label: t("catalogue.tab.staffing") },
        { to: `/settings/catalogue/contacts${query}`, label: t("catalogue.tab.contacts") },
        { to: `/settings/catalogue/assistance${query}`, label: t("catalogue.tab.assistance") },
        { to: "/settings/catalogue/topics", label: t("catalogue.tab.topics") },
        { to: "/settings/catalogue/petitions", label: t("catalogue.tab.petitions") },
      ]}
    />
  );
}
