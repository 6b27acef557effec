import type { ReactNode } from "react";

export interface DescriptionListProps {
  items: readonly { term: ReactNode; value: ReactNode }[];
  columns?: 1 | 2 | 3;
}

const COLUMNS = { 1: "", 2: "lg:grid-cols-2", 3: "lg:grid-cols-3" };

/** Facts of one thing: name and value. */
export function DescriptionList({ items, columns = 2 }: DescriptionListProps) {
  return (
    <dl className={`m-0 grid gap-x-6 ${COLUMNS[columns]}`}>
      {items.map(({ term, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts keep their order
        <div key={index} className="flex gap-3 border-b border-line py-2">
          <dt className="w-28 flex-none text-ink-3">{term}</dt>
          <dd className="m-0 min-w-0 flex-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
