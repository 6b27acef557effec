import { useEffect } from "react";

/** Keys of the review: `j` and `k` follow the links that name them, `a` presses the button that accepts. */
const TARGETS: Record<string, string> = {
  j: "[data-key=j]",
  k: "[data-key=k]",
  a: "#accept-report:not(:disabled)",
};

/** Whether a key belongs to what is being typed. */
function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), select, textarea, dialog *"))
  );
}

/** Lets the keyboard walk through the queue; keys held with others, and those typed into a field, are left alone. */
export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
      const selector = TARGETS[event.key.toLowerCase()];
      const target = selector ? document.querySelector<HTMLElement>(selector) : null;
      if (!target) return;
      event.preventDefault();
      target.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
