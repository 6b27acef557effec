import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { cx } from "~/ui/cx";
import { EmptyState } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { Messages } from "./messages";
import type { HomeModel, OwedCard, QuietCard, Tile } from "./model";
import { Progress } from "./progress";
import { Todos } from "./todos";

/** What a member finds on arriving: what is owed, what waits, what was said; each line opens the thing itself. */
export function HomePage({ home }: { home: HomeModel }) {
  const beside = home.progress !== null || home.owed !== null || home.quiet !== null;
  const files = home.owed !== null || home.quiet !== null;
  return (
    <>
      <div className={cx(files && "sr-only lg:not-sr-only")}>
        <PageHeader title={home.title} note={home.note} />
      </div>
      <div
        className={cx(
          "grid grid-cols-1 items-start gap-4",
          beside && "lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
        )}
      >
        <div className="grid min-w-0 grid-cols-1 gap-4">
          {home.owed && <Owed card={home.owed} />}
          {home.quiet && <Quiet card={home.quiet} />}
          <Tiles tiles={home.tiles} />
          {home.audit ? (
            <AuditSummary lines={home.audit} />
          ) : (
            <Todos todos={home.todos} owed={home.owed !== null} />
          )}
        </div>
        {beside && (
          <div className="grid min-w-0 grid-cols-1 gap-4">
            {home.progress && <Progress progress={home.progress} />}
            {(files || home.messages.length > 0) && (
              <Messages messages={home.messages} unread={home.unread} />
            )}
          </div>
        )}
      </div>
    </>
  );
}

function Owed({ card }: { card: OwedCard }) {
  return (
    <section className="on-dark rounded-xl bg-accent-strong p-4 text-on-accent lg:flex lg:items-center lg:gap-6 lg:px-5">
      <div className="min-w-0 flex-1">
        <h2 className="m-0 text-lg">
          {card.late && <span aria-hidden>▲ </span>}
          {card.title}
        </h2>
        <p className="m-0 mb-3.5 mt-1.5 lg:mb-0">{card.text}</p>
      </div>
      <Link
        to={card.to}
        className="flex min-h-14 flex-none items-center justify-center gap-1.5 rounded bg-surface px-6 text-md font-bold text-accent-strong no-underline hover:bg-accent-soft lg:min-h-12"
      >
        {card.button} <span aria-hidden>›</span>
      </Link>
    </section>
  );
}

function Quiet({ card }: { card: QuietCard }) {
  return (
    <section className="flex items-center gap-3 rounded-xl border border-line bg-surface p-4">
      <span
        aria-hidden
        className="grid size-10 flex-none place-items-center rounded-full bg-good-soft text-lg text-good"
      >
        ✓
      </span>
      <div>
        <h2 className="m-0 text-md">{card.title}</h2>
        <p className="m-0 text-ink-3">{card.text}</p>
      </div>
    </section>
  );
}

function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  const { t } = useTranslation(["home"]);
  return (
    <nav aria-label={t("tiles")} className="grid grid-cols-2 gap-2.5 lg:grid-cols-4 lg:in-elder:grid-cols-2">
      {tiles.map((tile) => (
        <Link
          key={tile.id}
          to={tile.to}
          prefetch="intent"
          className="flex min-h-16 flex-col items-center justify-center rounded-lg border border-line bg-surface px-2 py-2 text-center text-ink no-underline hover:border-accent"
        >
          <b>{tile.title}</b>
          <span className="text-sm text-ink-3">{tile.note}</span>
        </Link>
      ))}
    </nav>
  );
}

function AuditSummary({ lines }: { lines: NonNullable<HomeModel["audit"]> }) {
  const { t } = useTranslation(["home"]);
  return (
    <Card title={t("audit.title")} flush footer={<LinkButton to="/audit">{t("audit.all")}</LinkButton>}>
      {lines.length === 0 ? (
        <EmptyState title={t("audit.none")} />
      ) : (
        <ul className="m-0 list-none p-0">
          {lines.map((line) => (
            <li key={line.id}>
              <Link
                to={`/audit/${line.id}`}
                className="block border-t border-line px-4 py-2 text-ink no-underline hover:bg-accent-soft"
              >
                <b>{line.text}</b>
                <span className="block text-sm text-ink-3">{line.note}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
