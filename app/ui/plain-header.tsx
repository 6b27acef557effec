import { useTranslation } from "react-i18next";
import { ElderSwitch, LanguageSwitch } from "./display-switches";

/** The head of pages outside the frame: whose page this is, and how to read it. */
export function PlainHeader() {
  const { t } = useTranslation();
  return (
    <header className="flex flex-wrap items-center gap-3 border-b border-line bg-surface px-4 py-2 print:hidden">
      <a href="/" className="flex flex-1 items-center gap-2.5 text-md font-bold text-ink no-underline">
        <span
          aria-hidden
          lang="zh-CN"
          className="grid size-sign place-items-center rounded-lg bg-accent text-on-accent"
        >
          {t("productSign")}
        </span>
        {t("product")}
      </a>
      <LanguageSwitch />
      <ElderSwitch />
    </header>
  );
}
