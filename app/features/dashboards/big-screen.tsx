import { useRevalidator } from "@remix-run/react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Button, LinkButton } from "~/ui/button";
import { Maximize, X } from "~/ui/icons";
import { addressOf } from "./address";
import { CoverageLine } from "./coverage-line";
import { KeyFigures } from "./key-figures";
import type { Content, Frame } from "./model";
import { PanelView } from "./panel-view";

const REFRESH_MS = 60_000;

/** The same tokens for a dark hall; every pair of text and ground keeps 4.5:1. */
const DARK = {
  "--ink": "#f1f6f3",
  "--ink-2": "#c9d6cf",
  "--ink-3": "#a5b8ae",
  "--page": "#0e1713",
  "--surface": "#17251f",
  "--sunken": "#1d2d26",
  "--line": "#2b3d34",
  "--line-strong": "#4a6356",
  "--field-line": "#6f877b",
  "--accent": "#8fd0ae",
  "--accent-strong": "#b7e3cb",
  "--accent-soft": "#22382e",
  "--on-accent": "#0e1713",
  "--gold": "#f0cd84",
  "--good": "#8ad9ac",
  "--good-soft": "#1d3d2c",
  "--bad": "#ffab9f",
  "--bad-soft": "#4a231f",
  "--warn": "#f3cd7f",
  "--warn-soft": "#443414",
  "--info": "#9cc7f5",
  "--info-soft": "#1a2b3d",
  "--info-line": "#2c4560",
  "--info-ink": "#d5e7fa",
  "--mute-soft": "#2a3731",
  "--s1": "#6fbf97",
  "--s2": "#e3b75a",
  "--s3": "#7fb2e6",
  "--s4": "#e98a76",
  "--s5": "#9fb3a8",
} as CSSProperties;

/** The dashboard in the bureau's hall: dark, over the whole screen, renewed every minute. */
export function BigScreen({ frame, keys, panels }: Content & { frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  const f = useFormat();
  const box = useRef<HTMLDivElement>(null);
  useLargeText();
  const stale = useRefresh(frame.at);
  const shown = panels.filter(({ id }) => !id.endsWith("-all") && id !== "overview-figures");
  const lists = shown.filter(({ picture }) => !picture || picture.kind === "ranking");
  const pictures = shown.filter(({ picture }) => picture && picture.kind !== "ranking");
  return (
    <div
      ref={box}
      style={DARK}
      className="on-dark fixed inset-0 z-pop overflow-auto bg-page p-4 text-ink print:static"
    >
      <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="m-0 flex-1 text-2xl">
          {frame.place.name} · {t(`title.${frame.page}`)}
        </h1>
        <span className="text-ink-2">
          {t("range", { from: f.period(frame.state.from), to: f.period(frame.state.to) })}
        </span>
        <span role="status" className={stale ? "text-bad" : "text-ink-3"}>
          {t(stale ? "screen.stale" : "screen.refresh", { time: f.dateTime(frame.at).slice(11) })}
        </span>
        <Button
          size="small"
          onClick={() => void box.current?.requestFullscreen?.().catch(() => {})}
          icon={<Maximize aria-hidden className="size-icon" />}
        >
          {t("screen.fullscreen")}
        </Button>
        <LinkButton
          size="small"
          to={addressOf(frame.page, frame.state, { screen: false })}
          icon={<X aria-hidden className="size-icon" />}
        >
          {t("screen.close")}
        </LinkButton>
      </header>
      <CoverageLine frame={frame} />
      <KeyFigures keys={keys} frame={frame} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {[lists, pictures].map((column) =>
          column.length === 0 ? null : (
            <div key={column[0]?.id} className="grid min-w-0 gap-4">
              {column.map((panel) => (
                <PanelView key={panel.id} panel={panel} frame={frame} bare />
              ))}
            </div>
          ),
        )}
      </div>
    </div>
  );
}

/** Text grows with the screen: it is read from across a room. */
function useLargeText() {
  useEffect(() => {
    const { style } = document.documentElement;
    const before = style.fontSize;
    style.fontSize = "max(14px, calc(100vw / 108))";
    return () => {
      style.fontSize = before;
    };
  }, []);
}

/** Asks again every minute. True when the figures on screen are older than two rounds. */
function useRefresh(at: string): boolean {
  const { revalidate, state } = useRevalidator();
  const [stale, setStale] = useState(false);
  const idle = state === "idle";
  useEffect(() => {
    const timer = setInterval(() => {
      setStale(Date.now() - Date.parse(at) > 2.5 * REFRESH_MS);
      // Offline, the router would replace the screen by an error page; the figures stay and say how old they are.
      if (idle && navigator.onLine) revalidate();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [at, idle, revalidate]);
  return stale;
}
