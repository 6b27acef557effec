import type { SavedView } from "@muster/db/queries/registers/views";
import { REGISTERS, type RegisterName } from "@muster/domain/register";
import { Form, Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { ColumnChoice } from "~/ui/column-choice";
import { Field } from "~/ui/field";
import { FormErrors, type Refused } from "~/ui/form";
import { type Option, Select, TextInput } from "~/ui/input";
import { Pagination } from "~/ui/pagination";
import { type Column, Table } from "~/ui/table";
import { ActionBar, FilterBar } from "~/ui/toolbar";
import type { ListPage } from "./list-page.server";

/** What of an address stays when a filter changes: the search, the columns, and the place the list is of. */
const KEPT = ["q", "cols", "station", "own"];

/** A column of a register's list. Without `choice` it is always there; with it the reader decides. */
export interface RegisterColumn<Line> extends Column<Line> {
  header: string;
  choice?: "on" | "off";
}

/** A filter: a parameter of the address, and what it may be. */
export interface RegisterFilter {
  name: string;
  label: string;
  options: readonly Option[];
  /** The first line, for "all of them"; without it one of the options always holds. */
  all?: string;
  value: string;
}

export interface RegisterListProps<Line> {
  register: RegisterName;
  caption: string;
  columns: readonly RegisterColumn<Line>[];
  filters: readonly RegisterFilter[];
  page: ListPage<Line>;
  views: readonly SavedView[];
  rowKey: (line: Line) => string;
  /** Stands before the filters: a search of the register's own. */
  search?: ReactNode;
  /** What may be done with several lines at once; each action is a SubmitButton with its intent. */
  bulk?: {
    label: (line: Line) => string;
    disabled?: (line: Line) => boolean;
    note: string;
    actions: ReactNode;
    refused: Refused | null;
  };
  empty: ReactNode;
}

/** The list of a register: saved views, filters, choice of columns, lines, pages, and actions on several of them. */
export function RegisterList<Line>(props: RegisterListProps<Line>) {
  const { register, caption, columns, filters, page, views, rowKey, search, bulk, empty } = props;
  const { t } = useTranslation(["registers"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const chosen = asked.getAll("cols");
  const byChoice = columns.filter(({ choice }) => choice !== undefined);
  const shown = byChoice.filter(({ id, choice }) =>
    chosen.length > 0 ? chosen.includes(id) : choice === "on",
  );
  const count = page.capped
    ? t("list.moreThan", { number: f.integer(page.total) })
    : t("list.total", { number: f.integer(page.total) });
  const table = (
    <Table
      caption={caption}
      columns={columns.filter((column) => column.choice === undefined || shown.includes(column))}
      rows={page.lines}
      rowKey={rowKey}
      selection={bulk && { name: "ids", label: bulk.label, value: rowKey, disabled: bulk.disabled }}
      empty={empty}
      stacked
    />
  );
  // A filter of the same name is a field of its own.
  const kept = KEPT.filter((parameter) => !filters.some(({ name }) => name === parameter));
  return (
    <Card flush>
      <div className="grid gap-3 border-b border-line px-4 py-3 print:hidden">
        <Views register={register} views={views} />
        {search}
        <details open={filters.some(({ name }) => asked.get(name))}>
          <summary className="flex min-h-target cursor-pointer items-center text-accent">
            {t("list.more")}
          </summary>
          <div className="flex flex-wrap items-end gap-2">
            <FilterBar label={t("list.filter")} keep={kept}>
              {filters.map(({ name, label, options, all, value }) => (
                <Field key={name} id={`filter-${name}`} label={label}>
                  {(control) => (
                    <Select
                      {...control}
                      key={value}
                      name={name}
                      placeholder={all}
                      defaultValue={value}
                      options={options}
                    />
                  )}
                </Field>
              ))}
            </FilterBar>
            <ColumnChoice
              columns={byChoice.map(({ id, header }) => ({ id, label: header }))}
              shown={shown.map(({ id }) => id)}
            />
          </div>
        </details>
      </div>
      {bulk && page.lines.length > 0 ? (
        <Form method="post" action="?index">
          <FormErrors refused={bulk.refused} />
          {table}
          <ActionBar note={bulk.note}>{bulk.actions}</ActionBar>
        </Form>
      ) : (
        table
      )}
      {page.lines.length > 0 && <Pagination previous={page.previous} next={page.next} summary={count} />}
    </Card>
  );
}

/** The reader's own views, with a form that keeps what is on screen under a name. */
function Views({ register, views }: { register: RegisterName; views: readonly SavedView[] }) {
  const { t } = useTranslation(["registers"]);
  const [asked] = useSearchParams();
  const { address } = REGISTERS[register];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <nav aria-label={t("views.title")} className="flex flex-wrap gap-2">
        <Link to={address} className={VIEW}>
          {t("views.all")}
        </Link>
        {views.map(({ id, name, query }) => (
          <Link key={id} to={`${address}?${query}`} className={VIEW} lang="zh-CN">
            {name}
          </Link>
        ))}
      </nav>
      <details>
        <summary className="flex min-h-target cursor-pointer items-center text-accent">
          {t("views.manage")}
        </summary>
        <div className="flex flex-wrap items-end gap-3 py-2">
          <Form method="post" action="/views" className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="register" value={register} />
            <input type="hidden" name="query" value={String(asked)} />
            <Field id="view-name" label={t("views.name")}>
              {(control) => <TextInput {...control} name="name" maxLength={20} autoComplete="off" />}
            </Field>
            <SubmitButton intent="save" tone="plain">
              {t("views.save")}
            </SubmitButton>
          </Form>
          {views.map(({ id, name }) => (
            <Form key={id} method="post" action="/views">
              <input type="hidden" name="register" value={register} />
              <input type="hidden" name="id" value={id} />
              <SubmitButton intent="drop" tone="danger" size="small">
                {t("views.drop", { name })}
              </SubmitButton>
            </Form>
          ))}
        </div>
      </details>
    </div>
  );
}

const VIEW =
  "inline-flex min-h-target items-center rounded border border-line bg-surface px-3 text-ink-2 no-underline hover:border-accent";
