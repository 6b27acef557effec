import { FINDING_SEVERITIES, FINDING_STATES } from "@muster/domain/inspection";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { FilterBar } from "~/ui/toolbar";

interface Props {
  asked: { state: string; severity: string; overdue: string; item: string; station: string };
  /** Stations whose subtree can be looked at; none where the reader has only their own. */
  stations: readonly { id: number; name: string }[];
  items: readonly { code: string; zh: string; en: string }[];
}

/** What of the ledger is shown; what it asks stands in the address. */
export function LedgerFilter({ asked, stations, items }: Props) {
  const { t } = useTranslation(["inspections"]);
  const locale = useLocale();
  const all = t("findings.all");
  return (
    <FilterBar label={t("findings.filter")}>
      <Field id="state" label={t("findings.state")}>
        {(control) => (
          <Select
            {...control}
            name="state"
            key={asked.state}
            defaultValue={asked.state}
            placeholder={t("findings.unsettled")}
            options={[
              { value: "all", label: all },
              ...FINDING_STATES.map((value) => ({ value, label: t(`status.${value}`) })),
            ]}
          />
        )}
      </Field>
      {stations.length > 1 && (
        <Field id="station" label={t("findings.station")}>
          {(control) => (
            <Select
              {...control}
              name="station"
              key={asked.station}
              defaultValue={asked.station}
              options={stations.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          )}
        </Field>
      )}
      <Field id="severity" label={t("findings.severity")}>
        {(control) => (
          <Select
            {...control}
            name="severity"
            key={asked.severity}
            defaultValue={asked.severity}
            placeholder={all}
            options={FINDING_SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
          />
        )}
      </Field>
      <Field id="overdue" label={t("findings.overdue")}>
        {(control) => (
          <Select
            {...control}
            name="overdue"
            key={asked.overdue}
            defaultValue={asked.overdue}
            placeholder={all}
            options={[{ value: "1", label: t("findings.onlyOverdue") }]}
          />
        )}
      </Field>
      {items.length > 0 && (
        <Field id="item" label={t("findings.item")}>
          {(control) => (
            <Select
              {...control}
              name="item"
              key={asked.item}
              defaultValue={asked.item}
              placeholder={all}
              options={items.map(({ code, zh, en }) => ({
                value: code,
                label: `${code} ${locale === "zh-CN" ? zh : en}`,
              }))}
            />
          )}
        </Field>
      )}
    </FilterBar>
  );
}
