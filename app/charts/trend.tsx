import { lazy, Suspense, useEffect, useState } from "react";
import type { TrendProps } from "./scale";
import { Legend, StillTrend } from "./still-trend";

// The chart library comes only with a page that has a chart, and after that page is readable.
const LiveTrend = lazy(() => import("./live-trend"));

/**
 * A trend over months. The server draws it without a script; the browser replaces the drawing by a live one of
 * the same size, and print takes the drawing again.
 */
export function Trend({ tall = "h-52", ...props }: TrendProps & { tall?: string }) {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const still = <StillTrend {...props} />;
  return (
    <figure className="m-0">
      <div role="img" aria-label={props.title} className={tall}>
        {live ? (
          <>
            <div className="h-full print:hidden">
              <Suspense fallback={still}>
                <LiveTrend {...props} />
              </Suspense>
            </div>
            <div className="hidden h-full print:block">{still}</div>
          </>
        ) : (
          still
        )}
      </div>
      <Legend series={props.series} />
    </figure>
  );
}
