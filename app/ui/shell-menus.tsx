import { Form, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Bell, Menu as MenuIcon } from "~/ui/icons";
import { cx } from "./cx";
import { ElderSwitch, LanguageSwitch } from "./display-switches";
import { Link } from "./link";
import { Menu, menuItemStyle } from "./menu";
import type { ShellNavigation } from "./shell-navigation";
import { useElder } from "./use-frame";

/** Who is signed in, as the frame shows it. */
export interface ShellUser {
  name: string;
  stationName: string;
  roleName: string;
  /** Unread messages to the station; null for a role that gets none. */
  unread: number | null;
  /** Every place the person may act at; more than one can be switched between. */
  memberships: readonly { id: string; stationName: string; roleName: string; active: boolean }[];
}

function Memberships({ user }: { user: ShellUser }) {
  const { t } = useTranslation(["nav"]);
  const { pathname, search } = useLocation();
  if (user.memberships.length < 2) return null;
  return (
    <Form
      method="post"
      action="/settings/membership"
      reloadDocument
      className="m-0 border-b border-line py-1.5"
    >
      <p className="m-0 px-3.5 py-1 text-sm text-ink-3">{t("switchStation")}</p>
      <input type="hidden" name="to" value={pathname + search} />
      {user.memberships.map(({ id, stationName, roleName, active }) => (
        <button
          key={id}
          type="submit"
          name="membership"
          value={id}
          disabled={active}
          aria-current={active || undefined}
          className={cx(menuItemStyle, "border-0 bg-transparent", active && "bg-accent-soft")}
        >
          <span className="flex-1">
            {stationName}
            <span className="block text-sm text-ink-3">{roleName}</span>
          </span>
          {active && <span className="text-sm text-accent">✓ {t("currentStation")}</span>}
        </button>
      ))}
    </Form>
  );
}

function AccountLinks() {
  const { t } = useTranslation(["nav"]);
  return (
    <>
      <Link to="/settings/sessions" className={menuItemStyle}>
        {t("sessions")}
      </Link>
      <Link to="/settings/password" className={menuItemStyle}>
        {t("password")}
      </Link>
      <Link to="/settings/tokens" className={menuItemStyle}>
        {t("tokens")}
      </Link>
      {/* The document is loaded anew, so that nothing of the person stays in this window. */}
      <Form method="post" action="/logout" reloadDocument className="m-0 border-t border-line">
        <button type="submit" className={cx(menuItemStyle, "border-0 bg-transparent")}>
          {t("logout")}
        </button>
      </Form>
    </>
  );
}

const MOST_SHOWN = 99;

/** The way to the messages, with how many nobody at the station has read. */
export function MessagesLink({ unread }: Pick<ShellUser, "unread">) {
  const { t } = useTranslation(["nav"]);
  if (unread === null) return null;
  return (
    <Link
      to="/#messages"
      aria-label={unread > 0 ? t("messages", { count: unread }) : t("messagesNone")}
      className="relative flex min-h-target min-w-target flex-none items-center justify-center rounded text-ink no-underline hover:bg-accent-soft in-elder:gap-1 in-elder:px-1.5"
    >
      <Bell aria-hidden className="size-icon" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute right-0 top-0 min-w-[1.5em] in-elder:static rounded-full bg-bad px-1 text-center text-xs font-semibold leading-normal text-on-accent"
        >
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </Link>
  );
}

const plainSummary = "flex min-h-target items-center gap-1.5 rounded px-2 text-ink hover:bg-accent-soft";

/** Station, role and what belongs to the account, on a PC. */
export function AccountMenu({ user }: { user: ShellUser }) {
  const { t } = useTranslation(["nav"]);
  return (
    <Menu
      align="end"
      summaryClass={plainSummary}
      label={
        <>
          <span>
            {user.stationName} · {user.roleName}
          </span>
          <span aria-hidden className="text-xs text-ink-3">
            ▾
          </span>
        </>
      }
    >
      <p className="m-0 border-b border-line px-3.5 py-2 text-sm text-ink-2">
        {t("account", { name: user.name })}
      </p>
      <Memberships user={user} />
      <AccountLinks />
    </Menu>
  );
}

/** Everything the bar at the bottom has no room for. */
export function PhoneMenu({ user, navigation }: { user: ShellUser; navigation: ShellNavigation }) {
  const { t } = useTranslation(["nav"]);
  const elder = useElder();
  return (
    <Menu
      align="end"
      name={t("menu")}
      summaryClass="grid min-h-target min-w-target place-items-center rounded text-ink hover:bg-accent-soft"
      label={<MenuIcon aria-hidden className="size-icon" />}
    >
      <p className="m-0 border-b border-line px-3.5 py-2 text-sm text-ink-2">
        {t("account", { name: user.name })}
      </p>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2">
        <LanguageSwitch />
        {elder && <ElderSwitch />}
      </div>
      <Memberships user={user} />
      <nav aria-label={t("menu")} className="border-b border-line py-1.5">
        {navigation.sections.map(({ title, items }) => (
          <div key={title ?? ""}>
            {title && <p className="m-0 px-3.5 pt-2 text-sm text-ink-3">{title}</p>}
            {items.map((item) => (
              <Link key={item.to} to={item.to} className={menuItemStyle}>
                {item.label}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <AccountLinks />
    </Menu>
  );
}
