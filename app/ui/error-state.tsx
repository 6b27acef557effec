import { useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ErrorDrawing, type ErrorKind } from "./error-drawing";

export interface ErrorStateProps {
  kind: ErrorKind;
  title: string;
  message: string;
  next: string;
  reference?: string;
}

/** An error as a page: one sentence, what to do now, the reference to tell. */
export function ErrorState({ kind, title, message, next, reference }: ErrorStateProps) {
  const { t } = useTranslation(["errors"]);
  const { pathname, search } = useLocation();
  return (
    <section
      className="mx-auto flex max-w-xl flex-col items-center gap-4 px-4 py-12 text-center"
      aria-labelledby="error-title"
    >
      <ErrorDrawing kind={kind} />
      <h1 id="error-title" className="m-0 text-xl">
        {title}
      </h1>
      <p className="m-0 text-md">{message}</p>
      <p className="m-0 text-ink-2">{next}</p>
      {reference && (
        <p className="m-0 text-sm text-ink-2">
          {t("page.reference")} <b className="font-mono tracking-wider text-ink">{reference}</b>
          <span className="block text-ink-3">{t("page.copy")}</span>
        </p>
      )}
      <p className="m-0 flex flex-wrap justify-center gap-2">
        <a
          href="/"
          className="inline-flex min-h-control items-center rounded border border-accent bg-accent px-4 font-semibold text-on-accent no-underline"
        >
          {t("page.home")}
        </a>
        <a
          href={pathname + search}
          className="inline-flex min-h-control items-center rounded border border-line-strong bg-surface px-4 text-ink no-underline"
        >
          {t("page.retry")}
        </a>
      </p>
    </section>
  );
}
