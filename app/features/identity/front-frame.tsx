import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DemoBanner, ElderSwitch, LanguageSwitch } from "~/ui/display-switches";
import { useOnDemo } from "~/ui/use-frame";

/** The frame of the pages before the shell: signing in, accepting an invitation. */
export function FrontFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation(["login", "common"]);
  const demo = useOnDemo();
  return (
    <div className="flex min-h-screen flex-col">
      {demo && <DemoBanner />}
      <header className="flex flex-wrap items-center justify-end gap-2 px-4 py-3">
        <ElderSwitch />
        <LanguageSwitch />
      </header>
      <main className="mx-auto grid w-full max-w-4xl flex-1 content-center gap-8 px-4 pb-16 lg:grid-cols-2 lg:gap-16">
        <div className="flex flex-col gap-3 lg:border-r lg:border-line lg:pr-16 lg:pt-8">
          <div className="flex items-center gap-3">
            <span
              aria-hidden
              className="grid size-12 flex-none place-items-center rounded-lg bg-accent text-xl font-bold text-on-accent"
            >
              {t("common:productSign")}
            </span>
            <div>
              <p className="m-0 text-2xl font-bold">{t("common:product")}</p>
              <p className="m-0 text-sm text-ink-3">{t("tagline")}</p>
            </div>
          </div>
          <p className="m-0 hidden text-ink-2 lg:block">{t("purpose")}</p>
        </div>
        <div className="min-w-0">{children}</div>
      </main>
      <footer className="px-4 py-4 text-center text-sm text-ink-3">{t("footer")}</footer>
    </div>
  );
}
