import type { ReactNode } from "react";

/** What stations entered: Chinese, whatever the language of the page, so that it is read aloud and broken as such. */
export function Entered({ children }: { children: ReactNode }) {
  return <span lang="zh-CN">{children}</span>;
}
