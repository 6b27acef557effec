import type { ReactNode } from "react";

export interface PrintSheetProps {
  title: ReactNode;
  /** Line under the title: unit, period, number. */
  facts: readonly { label: string; value: ReactNode }[];
  /** Places to sign, e.g. preparer, reviewer, head. */
  signatures: readonly { label: string; name?: ReactNode }[];
  /** Words in the block for the seal. */
  seal: { label: string; date: string };
  children: ReactNode;
}

/** An official form on A4: title, unit and period, the table, signatures and seal. Looks on screen as on paper. */
export function PrintSheet({ title, facts, signatures, seal, children }: PrintSheetProps) {
  return (
    <article className="mx-auto w-full max-w-sheet border border-line bg-surface p-4 lg:p-8 print:max-w-none print:border-0 print:p-0">
      <h1 id="sheet-title" className="m-0 text-center text-2xl tracking-widest [overflow-wrap:anywhere]">
        {title}
      </h1>
      <dl className="m-0 my-4 flex flex-wrap justify-between gap-x-6 gap-y-1">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex gap-1.5">
            <dt>{label}：</dt>
            <dd className="m-0 font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-labelledby="sheet-title" tabIndex={0} className="sheet-table overflow-x-auto">
        {children}
      </section>
      <dl className="m-0 mt-5 grid grid-cols-1 gap-4 sm:grid-cols-3 print:grid-cols-3">
        {signatures.map(({ label, name }) => (
          <div key={label} className="flex flex-wrap items-end gap-x-1.5">
            <dt className="min-w-0">{label}：</dt>
            <dd className="m-0 min-h-6 min-w-24 flex-1 border-b border-ink">{name}</dd>
          </div>
        ))}
      </dl>
      <p className="m-0 mt-8 pr-12 text-right leading-loose">
        {seal.label}
        <br />
        {seal.date}
      </p>
    </article>
  );
}
