import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  Building2,
  ChartColumn,
  ClipboardCheck,
  FileText,
  House,
  type Icon as IconType,
  ScrollText,
  Settings,
  UserRound,
  Users,
} from "~/ui/icons";
import { cx } from "./cx";
import { DemoBanner, ElderSwitch, LanguageSwitch } from "./display-switches";
import { NavLink } from "./link";
import { Breadcrumb } from "./page-header";
import { AccountMenu, MessagesLink, PhoneMenu, type ShellUser } from "./shell-menus";
import type { ShellItem, ShellNavigation } from "./shell-navigation";
import { useElder, useOnDemo } from "./use-frame";
import { useMenuEntry, usePage } from "./use-page";

export interface ShellProps {
  navigation: ShellNavigation;
  user: ShellUser;
  children: ReactNode;
}

const ICONS: Record<string, IconType> = {
  home: House,
  months: FileText,
  review: ClipboardCheck,
  dashboard: ChartColumn,
  stations: Building2,
  people: Users,
  users: Users,
  settings: Settings,
  audit: ScrollText,
  mine: UserRound,
};

/** The frame of every page behind the login: menu at the side on a PC, bar at the bottom on a phone. */
export function Shell({ navigation, user, children }: ShellProps) {
  const { t } = useTranslation(["nav"]);
  const demo = useOnDemo();
  const { crumbs } = usePage();
  return (
    <>
      <a
        href="#main"
        className="absolute left-2 top-2 z-pop -translate-y-20 rounded bg-accent px-4 py-2 text-on-accent focus:translate-y-0 print:hidden"
      >
        {t("skip")}
      </a>
      <div className="lg:grid lg:grid-cols-shell print:block">
        <Side navigation={navigation} />
        <div className="flex min-h-screen min-w-0 flex-col">
          {demo && <DemoBanner />}
          <PcHeader user={user}>
            <Breadcrumb crumbs={crumbs} />
          </PcHeader>
          <PhoneHeader user={user} navigation={navigation} />
          <main
            id="main"
            tabIndex={-1}
            className="w-full min-w-0 flex-1 px-3 pb-28 pt-3 outline-none lg:px-6 lg:pb-8 lg:pt-5 print:p-0"
          >
            {children}
          </main>
        </div>
      </div>
      <TabBar tabs={navigation.tabs} />
    </>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <NavLink
      to="/"
      className="flex items-center gap-2.5 px-2 pb-4 pt-1 text-md font-bold text-on-accent no-underline"
    >
      <span
        aria-hidden
        lang="zh-CN"
        className="grid size-dot flex-none place-items-center rounded-lg bg-gilt text-side"
      >
        {t("productSign")}
      </span>
      {t("product")}
    </NavLink>
  );
}

function Side({ navigation }: { navigation: ShellNavigation }) {
  const { t } = useTranslation(["nav"]);
  const entry = useMenuEntry();
  return (
    <div className="on-dark sticky top-0 hidden h-screen overflow-y-auto bg-side px-2.5 py-4 text-side-ink lg:block print:hidden">
      <nav aria-label={t("menu")}>
        <Brand />
        {navigation.sections.map(({ title, items }) => (
          <div key={title ?? ""}>
            {title && <p className="m-0 px-3 pb-1 pt-3.5 text-sm text-side-ink-2">{title}</p>}
            <ul className="m-0 list-none p-0">
              {items.map((item) => (
                <li key={item.to} className="my-px">
                  <NavLink
                    to={item.to}
                    end={item.to === "/" || item.to === "/dashboard"}
                    prefetch="intent"
                    aria-current={entry === undefined || entry === item.to ? "page" : "false"}
                    className={({ isActive }) =>
                      cx(
                        "flex min-h-target items-center rounded-md px-3 py-1.5 no-underline",
                        (entry === undefined ? isActive : entry === item.to)
                          ? "bg-side-on font-semibold text-on-accent"
                          : "text-side-ink hover:bg-side-line",
                      )
                    }
                  >
                    {item.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}

function PcHeader({ user, children }: { user: ShellUser; children: ReactNode }) {
  return (
    <header className="hidden min-h-bar flex-wrap items-center gap-3 border-b border-line bg-surface px-6 py-1.5 lg:flex print:hidden">
      <div className="min-w-0 flex-1">{children}</div>
      <LanguageSwitch />
      <ElderSwitch />
      <MessagesLink unread={user.unread} />
      <AccountMenu user={user} />
    </header>
  );
}

function PhoneHeader({ user, navigation }: { user: ShellUser; navigation: ShellNavigation }) {
  const { t } = useTranslation(["nav", "common"]);
  const elder = useElder();
  return (
    <header className="flex items-center gap-2 border-b border-line bg-surface px-3 py-2.5 lg:hidden print:hidden">
      {!elder && (
        <span
          aria-hidden
          lang="zh-CN"
          className="grid size-sign flex-none place-items-center rounded-lg bg-accent font-bold text-on-accent"
        >
          {t("common:productSign")}
        </span>
      )}
      <div className="min-w-0 flex-1 leading-tight">
        {user.stationName}
        <span className="block text-sm text-ink-3">{user.roleName}</span>
      </div>
      {!elder && <ElderSwitch />}
      <div className="flex">
        <MessagesLink unread={user.unread} />
        <PhoneMenu user={user} navigation={navigation} />
      </div>
    </header>
  );
}

function TabBar({ tabs }: { tabs: readonly ShellItem[] }) {
  const { t } = useTranslation(["nav"]);
  const entry = useMenuEntry();
  return (
    <nav
      aria-label={t("tabs")}
      className="fixed inset-x-0 bottom-0 z-bar border-t border-line bg-surface pb-safe lg:hidden print:hidden"
    >
      <ul className="m-0 flex list-none p-0">
        {tabs.map(({ to, label, icon }) => {
          const Icon = ICONS[icon ?? ""];
          return (
            // As wide as its word asks: in large print a long one needs more than a quarter of the bar.
            <li key={to} className="flex-auto">
              <NavLink
                to={to}
                end={to === "/"}
                className={({ isActive }) =>
                  cx(
                    "flex min-h-tabs flex-col items-center justify-center gap-0.5 text-center text-sm leading-tight no-underline",
                    (entry === undefined ? isActive : entry === to) ? "font-bold text-accent" : "text-ink-3",
                  )
                }
              >
                {Icon && <Icon aria-hidden className="size-5" />}
                <span className="[overflow-wrap:normal]">{label}</span>
              </NavLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
