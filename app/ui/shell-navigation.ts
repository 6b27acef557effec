/** One line of the menu. */
export interface ShellItem {
  to: string;
  label: string;
  icon: string | null;
}

/** The menu as a role sees it: the sidebar of a PC, the tabs of a phone. */
export interface ShellNavigation {
  sections: readonly { title: string | null; items: readonly ShellItem[] }[];
  tabs: readonly ShellItem[];
}
