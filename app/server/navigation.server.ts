import type { Translate } from "~/i18n/locales";
import { allows, type Permissions, type Rule } from "./authorization.server";

/** Names of the icons the shell knows how to draw. */
export type NavIcon =
  | "mine"
  | "home"
  | "months"
  | "review"
  | "dashboard"
  | "people"
  | "stations"
  | "users"
  | "settings"
  | "audit";

interface Entry extends Partial<Rule> {
  to: string;
  label: Parameters<Translate>[0] & `nav:${string}`;
  icon?: NavIcon;
  section: "" | "registers" | "months" | "standards" | "dashboards" | "management";
  /** Also a tab at the bottom of a phone. */
  tab?: boolean;
  /** What the tab says instead: four words have to stand beside each other in large print. */
  short?: Parameters<Translate>[0] & `nav:${string}`;
}

/** Every page in the menu, in order. A new page adds its line here; without an action it is for every member. */
const ENTRIES: readonly Entry[] = [
  { to: "/", label: "nav:home", icon: "home", section: "", tab: true },
  {
    to: "/people",
    label: "nav:people",
    icon: "people",
    section: "registers",
    tab: true,
    short: "nav:tab.people",
    action: "read",
    subject: "Person",
  },
  { to: "/visits", label: "nav:visits", section: "registers", action: "read", subject: "Visit" },
  { to: "/reception", label: "nav:reception", section: "registers", action: "read", subject: "Reception" },
  { to: "/petitions", label: "nav:petitions", section: "registers", action: "read", subject: "Petition" },
  {
    to: "/assistance",
    label: "nav:cases",
    section: "registers",
    action: "read",
    subject: "Assistance",
  },
  {
    to: "/months",
    label: "nav:months",
    icon: "months",
    section: "months",
    tab: true,
    short: "nav:tab.months",
    action: "read",
    subject: "MonthlyReport",
  },
  {
    to: "/review",
    label: "nav:review",
    icon: "review",
    section: "months",
    // As the pages themselves: whoever looks at others' reports, the overseer too.
    action: "remark",
    subject: "Remark",
  },
  {
    to: "/inspections",
    label: "nav:inspections",
    section: "months",
    action: "read",
    subject: "Inspection",
  },
  {
    to: "/findings",
    label: "nav:findings",
    section: "months",
    action: "read",
    subject: "Finding",
  },
  {
    to: "/dashboard/completeness",
    label: "nav:completeness",
    section: "months",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/assessments",
    label: "nav:assessments",
    section: "standards",
    action: "remark",
    subject: "Remark",
  },
  {
    to: "/staff",
    label: "nav:staff",
    section: "standards",
    action: "read",
    subject: "Staff",
  },
  {
    to: "/standards",
    label: "nav:standards",
    section: "standards",
    action: "read",
    subject: "Assessment",
  },
  {
    to: "/dashboard",
    label: "nav:overview",
    icon: "dashboard",
    section: "dashboards",
    tab: true,
    short: "nav:tab.dashboards",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/dashboard/compliance",
    label: "nav:compliance",
    section: "dashboards",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/dashboard/staffing",
    label: "nav:staffing",
    section: "dashboards",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/dashboard/assistance",
    label: "nav:assistance",
    section: "dashboards",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/dashboard/figures",
    label: "nav:figures",
    section: "dashboards",
    action: "read",
    subject: "Dashboard",
  },
  {
    to: "/stations",
    label: "nav:stations",
    icon: "stations",
    section: "management",
    tab: true,
    action: "read",
    subject: "Station",
  },
  {
    to: "/users",
    label: "nav:users",
    icon: "users",
    section: "management",
    action: "invite",
    subject: "Membership",
  },
  {
    to: "/audit",
    label: "nav:audit",
    icon: "audit",
    section: "management",
    action: "read",
    subject: "AuditLog",
  },
  {
    to: "/cities",
    label: "nav:cities",
    icon: "stations",
    section: "management",
    tab: true,
    action: "create",
    subject: "City",
  },
  { to: "/settings", label: "nav:settings", icon: "settings", section: "management", tab: true },
];

export interface NavItem {
  to: string;
  label: string;
  icon: NavIcon | null;
}
export interface Navigation {
  sections: { title: string | null; items: NavItem[] }[];
  /** At most four, for the bar at the bottom of a phone. */
  tabs: NavItem[];
}

const SECTION_TITLES = {
  registers: "nav:section.registers",
  months: "nav:section.months",
  standards: "nav:section.standards",
  dashboards: "nav:section.dashboards",
  management: "nav:section.management",
} as const;

/** The menu of a member, in their language: only what their role opens. */
export function navigationFor(permissions: Permissions, t: Translate): Navigation {
  const open = ENTRIES.filter(
    ({ action, subject }) => !action || !subject || allows(permissions, { action, subject }),
  );
  const item = ({ to, label, icon }: Entry): NavItem => ({
    to,
    label: t(label as "nav:home"),
    icon: icon ?? null,
  });
  const names = [...new Set(open.map((entry) => entry.section))];
  const sections = names.map((name) => ({
    title: name === "" ? null : t(SECTION_TITLES[name]),
    items: open.filter((entry) => entry.section === name).map(item),
  }));
  // Home and "mine" always, the two most used between them.
  const tabs = open
    .filter((entry) => entry.tab && entry.to !== "/settings")
    .slice(0, 3)
    .map((entry) => item({ ...entry, label: entry.short ?? entry.label }));
  return { sections, tabs: [...tabs, { to: "/settings", label: t("nav:mine"), icon: "mine" }] };
}
