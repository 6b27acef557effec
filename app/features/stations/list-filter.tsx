import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { SearchBox } from "~/ui/search-box";
import { FilterBar } from "~/ui/toolbar";
import { TYPES } from "./labels";
import type { LevelCount } from "./list-model.server";

export interface ListFilterProps {
  q: string;
  level?: string;
  status: string;
}

/** Search and filters above the list. */
export function ListFilter({ q, level, status }: ListFilterProps) {
  const { t } = useTranslation(["stations"]);
  const narrowed = q !== "" || level !== undefined || status !== "open";
  return (
    <FilterBar label={t("filter.label")}>
      <SearchBox key={q} label={t("filter.search")} defaultValue={q} />
      <Field label={t("filter.level")} hideLabel>
        {(control) => (
          <Select
            {...control}
            key={level ?? ""}
            name="level"
            defaultValue={level ?? ""}
            placeholder={t("filter.allLevels")}
            options={TYPES.map((value) => ({ value, label: t(`level.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("filter.status")} hideLabel>
        {(control) => (
          <Select
            {...control}
            key={status}
            name="status"
            defaultValue={status}
            options={[
              { value: "open", label: t("status.open") },
              { value: "any", label: t("filter.any") },
              { value: "closed", label: t("status.closed") },
            ]}
          />
        )}
      </Field>
      {narrowed && (
        <LinkButton to="/stations" tone="quiet">
          {t("filter.clear")}
        </LinkButton>
      )}
    </FilterBar>
  );
}

/** How many there are of each level; each opens its list. */
export function LevelCounts({ counts }: { counts: readonly LevelCount[] }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  return (
    <ul aria-label={t("counts.label")} className="m-0 mb-3 flex list-none flex-wrap gap-2 p-0">
      {counts.map(({ key, count, to }) => (
        <li key={key}>
          <Link
            to={to}
            className="inline-flex min-h-target items-baseline gap-1.5 rounded border border-line bg-surface px-3 py-1 text-ink-2 no-underline hover:border-accent"
          >
            {t(key === "closed" ? "counts.closed" : key)}
            <b className="text-md text-ink tabular-nums">{f.integer(count)}</b>
          </Link>
        </li>
      ))}
    </ul>
  );
}
