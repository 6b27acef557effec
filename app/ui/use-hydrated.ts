import { useEffect, useState } from "react";

/** Whether the page's script runs: false on the server and at first, so that both draw the same. */
export function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  return hydrated;
}
