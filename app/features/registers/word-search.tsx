import { Form, useSearchParams } from "@remix-run/react";
import { SearchBox } from "~/ui/search-box";

/** What of an address belongs to one page of one search. */
const LEFT_BEHIND = new Set(["q", "after", "before"]);

/** The search of a register by words; filters and columns stay as they are, the pages begin anew. */
export function WordSearch({ label, hint }: { label: string; hint: string }) {
  const [asked] = useSearchParams();
  const q = asked.get("q") ?? "";
  return (
    <search className="block print:hidden">
      <Form method="get" aria-label={label}>
        {[...asked]
          .filter(([name]) => !LEFT_BEHIND.has(name))
          .map(([name, value]) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
        <SearchBox key={q} label={label} defaultValue={q} />
        <p className="m-0 mt-1 text-sm text-ink-3">{hint}</p>
      </Form>
    </search>
  );
}
