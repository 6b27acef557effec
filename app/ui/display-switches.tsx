import { useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { cx } from "./cx";
import { useElder } from "./use-frame";

function Back() {
  const { pathname, search } = useLocation();
  return <input type="hidden" name="to" value={pathname + search} />;
}

// The target is as high as any other; the pill inside it stays small.
const target = "inline-flex min-h-target items-center border-0 bg-transparent p-0 text-sm text-ink-2";
const pill = "whitespace-nowrap bg-mute-soft px-2.5 py-0.5 hover:bg-accent-soft";

/**
 * Chooses the language of the screens. A plain form: the page is loaded anew, and with it the other catalogue.
 */
export function LanguageSwitch({ className }: { className?: string }) {
  const { t, i18n } = useTranslation(["nav"]);
  const choices = [
    { locale: "zh-CN", label: t("chinese") },
    { locale: "en", label: t("english") },
  ];
  return (
    <form
      method="post"
      action="/settings/locale"
      aria-label={t("language")}
      className={cx("m-0 flex flex-none", className)}
    >
      <Back />
      {choices.map(({ locale, label }) => {
        const current = i18n.language === locale;
        return (
          <button
            key={locale}
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            aria-pressed={current}
            className={cx(target, "group/choice")}
          >
            <span
              className={cx(
                pill,
                "group-first-of-type/choice:rounded-l-full group-last-of-type/choice:rounded-r-full",
                current && "font-bold text-accent-strong",
              )}
            >
              {label}
            </span>
          </button>
        );
      })}
    </form>
  );
}

/** Large print on and off. */
export function ElderSwitch({ className }: { className?: string }) {
  const { t } = useTranslation(["nav"]);
  const elder = useElder();
  return (
    <form method="post" action="/settings/elder" className={cx("m-0 flex-none", className)}>
      <Back />
      <button type="submit" name="elder" value={elder ? "off" : "on"} className={target}>
        <span className={cx(pill, "rounded-full")}>{elder ? t("elderOff") : t("elderOn")}</span>
      </button>
    </form>
  );
}

/** Says that nothing here is real. */
export function DemoBanner() {
  const { t } = useTranslation(["nav"]);
  return (
    <aside className="border-b border-warn-line bg-warn-soft px-4 py-1 text-center text-sm text-warn-ink print:hidden">
      {t("demo")}
    </aside>
  );
}
