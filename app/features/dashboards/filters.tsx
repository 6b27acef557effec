import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { FilterBar } from "~/ui/toolbar";
import type { Content, Frame } from "./model";

const NARROW = "min-w-28 max-w-64";

/** Station, months, basis and boundaries: a form that asks by its address, with or without a script. */
export function Filters({ frame, choices }: { frame: Frame; choices?: Content["choices"] }) {
  const { t } = useTranslation(["dashboards"]);
  const f = useFormat();
  const { state } = frame;
  const months = [...new Set([...frame.months, state.to, state.from])].sort().reverse();
  const monthOptions = months.map((period) => ({ value: period, label: f.period(period) }));
  return (
    <FilterBar label={t("filter.label")} keep={choices ? ["screen"] : ["screen", "indicator", "item"]}>
      {frame.ancestors.length + frame.children.length > 0 && (
        <Field label={t("filter.station")} hideLabel className={NARROW}>
          {(control) => (
            <Select
              {...control}
              name="station"
              defaultValue={state.station}
              key={state.station}
              options={stationsOf(frame)}
            />
          )}
        </Field>
      )}
      {choices && (
        <Field label={t("filter.indicator")} hideLabel className={NARROW}>
          {(control) => (
            <Select
              {...control}
              name="indicator"
              key={state.indicator}
              defaultValue={state.indicator}
              options={choices.flatMap(({ section, options }) => [
                { value: `section ${section}`, label: `— ${section} —`, disabled: true },
                ...options,
              ])}
            />
          )}
        </Field>
      )}
      <span className="flex items-center gap-1.5">
        <Field label={t("filter.from")} hideLabel>
          {(control) => (
            <Select
              {...control}
              name="from"
              key={state.from}
              defaultValue={state.from}
              options={monthOptions}
            />
          )}
        </Field>
        <span aria-hidden className="text-ink-3">
          –
        </span>
        <Field label={t("filter.to")} hideLabel>
          {(control) => (
            <Select {...control} name="to" key={state.to} defaultValue={state.to} options={monthOptions} />
          )}
        </Field>
      </span>
      <Field label={t("filter.basis")} hideLabel>
        {(control) => (
          <Select
            {...control}
            name="basis"
            key={state.basis}
            defaultValue={state.basis}
            options={(["accepted", "provisional"] as const).map((value) => ({
              value,
              label: t(`basis.${value}`),
            }))}
          />
        )}
      </Field>
      {!frame.place.leaf && (
        <Field label={t("filter.boundaries")} hideLabel>
          {(control) => (
            <Select
              {...control}
              name="boundaries"
              key={state.boundaries}
              defaultValue={state.boundaries}
              options={(["reported", "today"] as const).map((value) => ({
                value,
                label: t(`boundaries.${value}`),
              }))}
            />
          )}
        </Field>
      )}
    </FilterBar>
  );
}

/** The way up, the station itself, and the stations below it. */
function stationsOf({ ancestors, place, children }: Frame) {
  const depth = ancestors.length;
  const line = (id: number, name: string, level: number) => ({
    value: String(id),
    label: `${"\u3000".repeat(level)}${name}`,
  });
  return [
    ...ancestors.map(({ id, name }, i) => line(id, name, i)),
    line(place.id, place.name, depth),
    ...children.map(({ id, name }) => line(id, name, depth + 1)),
  ];
}
