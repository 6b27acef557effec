import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Button, LinkButton } from "~/ui/button";
import { cx } from "~/ui/cx";
import { Download, Maximize, Printer } from "~/ui/icons";
import { Menu, menuItemStyle } from "~/ui/menu";
import { PageHeader } from "~/ui/page-header";
import { Tabs } from "~/ui/tabs";
import { addressOf, exportAddress } from "./address";
import { BigScreen } from "./big-screen";
import { CoverageLine } from "./coverage-line";
import { CurrentMonth } from "./current-month";
import { Filters } from "./filters";
import { KeyFigures } from "./key-figures";
import { type Content, type Frame, PAGES, type Panel } from "./model";
import { PanelView } from "./panel-view";

export interface DashboardProps extends Content {
  frame: Frame;
  /** Above the panels. */
  children?: ReactNode;
}

/** A dashboard: what is asked, what it rests on, the key numbers, the panels. */
export function Dashboard({ frame, keys, panels, choices, children }: DashboardProps) {
  const loading = useNavigation().state === "loading";
  if (frame.state.screen) return <BigScreen frame={frame} keys={keys} panels={panels} />;
  const { top, even, wide } = arranged(panels);
  return (
    <div aria-busy={loading} className={cx("transition-opacity", loading && "opacity-60")}>
      <Head frame={frame} />
      <Pages frame={frame} />
      <div className="mb-4">
        <Filters frame={frame} choices={choices} />
      </div>
      <CoverageLine frame={frame} />
      <KeyFigures keys={keys} frame={frame} />
      {(frame.page === "overview" || frame.page === "completeness") && <CurrentMonth frame={frame} />}
      {children}
      <div className="grid items-start gap-4 xl:grid-cols-2 in-elder:xl:grid-cols-1 print:block print:space-y-6">
        {top.map((panel) => (
          <PanelView key={panel.id} panel={panel} frame={frame} className="xl:col-span-2" />
        ))}
        {even.map((column) => (
          <div
            key={column[0]?.id}
            className={cx(
              "grid min-w-0 gap-4 print:block print:space-y-6",
              even.length === 1 && "xl:col-span-2",
            )}
          >
            {column.map((panel) => (
              <PanelView key={panel.id} panel={panel} frame={frame} />
            ))}
          </div>
        ))}
        {wide.map((panel) => (
          <PanelView key={panel.id} panel={panel} frame={frame} className="xl:col-span-2" />
        ))}
      </div>
      <PrintFoot frame={frame} />
    </div>
  );
}

/** Two columns and what takes the whole width: nothing leaves half a page empty. */
function arranged(panels: Content["panels"]) {
  const sideOf = (panel: Panel) =>
    panel.side ?? (panel.picture && panel.picture.kind !== "ranking" ? "right" : "left");
  const at = (side: Panel["side"]) => panels.filter((panel) => sideOf(panel) === side);
  const first = panels.findIndex((panel) => sideOf(panel) !== "full");
  const top = panels.slice(0, Math.max(0, first));
  const wide = at("full").filter((panel) => !top.includes(panel));
  return { top, even: [at("left"), at("right")].filter((column) => column.length > 0), wide };
}

function Head({ frame }: { frame: Frame }) {
  const { t } = useTranslation(["dashboards", "common"]);
  const f = useFormat();
  const { page, state, place } = frame;
  return (
    <PageHeader
      title={
        <>
          {t(`title.${page}`)} <span className="inline-block font-normal text-ink-2">· {place.name}</span>
        </>
      }
      note={
        <>
          {t(`note.${page}`, { people: frame.perWorker })}
          <span className="hidden print:inline">
            {" "}
            {t("range", { from: f.period(state.from), to: f.period(state.to) })} · {t(`basis.${state.basis}`)}{" "}
            · {t(`boundaries.${state.boundaries}`)}
          </span>
        </>
      }
    >
      <Menu label={t("export.label")} icon={<Download aria-hidden className="size-icon" />} align="end">
        <ul className="m-0 list-none p-0 py-1">
          {(["xlsx", "csv"] as const).map((format) => (
            <li key={format}>
              <a href={exportAddress(page, state, format)} download className={menuItemStyle}>
                {t(format === "xlsx" ? "export.excel" : "export.csv")}
              </a>
            </li>
          ))}
        </ul>
      </Menu>
      <Button onClick={() => window.print()} icon={<Printer aria-hidden className="size-icon" />}>
        {t("common:print")}
      </Button>
      <LinkButton
        to={addressOf(page, state, { screen: true })}
        icon={<Maximize aria-hidden className="size-icon" />}
        className="hidden lg:inline-flex"
      >
        {t("screen.open")}
      </LinkButton>
    </PageHeader>
  );
}

/** The dashboards beside each other, keeping station, range and basis. */
function Pages({ frame }: { frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  return (
    <Tabs
      label={t("pages")}
      items={PAGES.map((page) => ({
        to: addressOf(page, frame.state, { show: undefined, item: undefined }),
        label: t(`title.${page}`),
        current: page === frame.page,
      }))}
    />
  );
}

/** Every printed page says who printed it and when. */
function PrintFoot({ frame }: { frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  const f = useFormat();
  return (
    <p className="m-0 mt-6 hidden text-sm text-ink-3 print:block">
      {t("export.printed", { name: frame.reader, time: f.dateTime(frame.at) })}
    </p>
  );
}
