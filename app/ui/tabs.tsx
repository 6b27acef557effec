import type { ReactNode } from "react";
import { NavLink } from "./link";

export interface TabsProps {
  label: string;
  items: readonly { to: string; label: ReactNode; count?: number; current?: boolean; end?: boolean }[];
}

/** Views of one thing, each with its own address. `current` says so where the address alone cannot. */
export function Tabs({ label, items }: TabsProps) {
  const style = "flex min-h-control items-center gap-1.5 border-b-2 px-3 no-underline";
  return (
    <nav aria-label={label} className="mb-3 overflow-x-auto border-b border-line print:hidden">
      <ul className="m-0 flex list-none gap-1 p-0 lg:flex-wrap">
        {items.map((item) => (
          <li key={item.to} className="flex-none">
            <NavLink
              to={item.to}
              end={item.end}
              preventScrollReset
              aria-current={item.current === undefined ? undefined : item.current ? "page" : "false"}
              className={({ isActive }) =>
                (item.current ?? isActive)
                  ? `${style} border-accent font-semibold text-accent-strong`
                  : `${style} border-transparent text-ink-2 hover:border-line-strong hover:text-ink`
              }
            >
              {item.label}
              {item.count !== undefined && (
                <span className="rounded-full bg-mute-soft px-1.5 text-sm text-ink-2">{item.count}</span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
