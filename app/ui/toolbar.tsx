import { Form, useSearchParams, useSubmit } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";

/** A row of filters above a list or dashboard; what it asks stands in the address. */
export function FilterBar({
  label,
  keep = [],
  children,
}: {
  label: string;
  keep?: readonly string[];
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [search] = useSearchParams();
  return (
    <search className="block print:hidden">
      <Form
        method="get"
        aria-label={label}
        className="flex flex-wrap items-end gap-2"
        preventScrollReset
        onChange={(event) => {
          // Text is sent when it is complete, by Enter or the button; a choice is complete at once.
          if (event.target instanceof HTMLSelectElement)
            submit(event.currentTarget, { preventScrollReset: true });
        }}
      >
        {[...search]
          .filter(([name]) => keep.includes(name))
          .map(([name, value]) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
        {children}
        <Button type="submit">{t("apply")}</Button>
      </Form>
    </search>
  );
}

/** Acts on what is selected, at the foot of a list; stays in sight on a phone. */
export function ActionBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-tabs z-bar flex flex-wrap items-center gap-2.5 border-t border-line bg-surface px-4 py-2.5 lg:bottom-0 print:hidden">
      <span className="min-w-0 flex-1 basis-24 text-ink-3">{note}</span>
      {children}
    </div>
  );
}
