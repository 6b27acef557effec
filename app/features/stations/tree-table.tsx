import type { StationLine } from "@muster/db/queries/stations/tree";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { type Column, Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { ancestry, levelKey, stateOf } from "./labels";

/** A line of the tree as the page draws it. */
export interface TreeLine extends StationLine {
  /** 0 for the root of what the reader sees. */
  depth: number;
  /** Address that unfolds or folds it; null where nothing hangs below. */
  toggle: string | null;
  unfolded: boolean;
}

/** The hierarchy as a table: names indented by depth, each with a link that unfolds it. Works without a script. */
export function TreeTable({ lines, flat }: { lines: readonly TreeLine[]; flat: boolean }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const columns: Column<TreeLine>[] = [
    {
      id: "name",
      header: t("tree.name"),
      rowHeader: true,
      cell: (line) => (flat ? <FlatName line={line} /> : <TreeName line={line} />),
    },
    {
      id: "level",
      header: t("tree.level"),
      wide: true,
      cell: (l) => t(levelKey(l.level, l.kind)),
    },
    {
      id: "code",
      header: t("tree.code"),
      wide: true,
      cell: (line) => <span className="font-mono text-sm text-ink-2">{line.code}</span>,
    },
    {
      id: "children",
      header: t("tree.children"),
      numeric: true,
      wide: true,
      tight: true,
      cell: (l) => count(l.children),
    },
    {
      id: "people",
      header: t("tree.people"),
      numeric: true,
      wide: true,
      tight: true,
      cell: (l) => f.integer(l.people),
    },
    {
      id: "state",
      header: t("tree.state"),
      tight: true,
      cell: (line) => {
        const { tone, key } = stateOf(line);
        return <Tag tone={tone}>{t(key)}</Tag>;
      },
    },
  ];
  const count = (value: number) => (value === 0 ? "" : f.integer(value));
  return (
    <Table
      caption={t("tree.caption")}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.id}
      grow
      empty={<EmptyState title={t("tree.empty")}>{t("tree.emptyHint")}</EmptyState>}
    />
  );
}

const INDENT = ["", "pl-4 lg:pl-6", "pl-8 lg:pl-12", "pl-12 lg:pl-[4.5rem]", "pl-16 lg:pl-24"];

function TreeName({ line }: { line: TreeLine }) {
  const { t } = useTranslation(["stations"]);
  const { name, depth, toggle, unfolded } = line;
  return (
    <div className={`flex items-center gap-1 ${INDENT[Math.min(depth, INDENT.length - 1)]}`}>
      {toggle ? (
        <Link
          to={toggle}
          preventScrollReset
          replace
          aria-label={t(unfolded ? "tree.fold" : "tree.unfold", { name })}
          aria-expanded={unfolded}
          className="-my-2 grid min-h-target min-w-target flex-none place-items-center rounded text-ink-2 no-underline hover:bg-accent-soft hover:text-accent"
        >
          <span aria-hidden>{unfolded ? "▾" : "▸"}</span>
        </Link>
      ) : (
        <span className="min-w-target flex-none" />
      )}
      <Name line={line} />
    </div>
  );
}

function FlatName({ line }: { line: TreeLine }) {
  return (
    <div>
      <Name line={line} />
      {line.ancestors.length > 0 && (
        <span className="block text-sm text-ink-3">{ancestry(line.ancestors)}</span>
      )}
    </div>
  );
}

function Name({ line }: { line: TreeLine }) {
  const { t } = useTranslation(["stations"]);
  const closed = line.status === "closed";
  return (
    <Link
      to={`/stations/${line.id}`}
      className="inline-flex min-h-target min-w-0 flex-col justify-center text-ink no-underline hover:underline lg:min-h-0"
    >
      <span className={closed ? "text-ink-3" : "font-medium"}>{line.name}</span>
      <span className="text-sm text-ink-3 lg:hidden">
        {t(levelKey(line.level, line.kind))}
        {line.children > 0 && ` · ${t("tree.childrenOf", { count: line.children })}`}
      </span>
    </Link>
  );
}
