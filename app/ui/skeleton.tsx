const WIDTHS = ["92%", "75%", "84%", "61%", "88%", "70%"];

/** Up to six grey lines where content is on its way. Says nothing to readers of the screen: the progress bar does. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div aria-hidden className="grid gap-2.5 py-1">
      {WIDTHS.slice(0, lines).map((width) => (
        <span key={width} className="block h-3.5 animate-pulse rounded bg-mute-soft" style={{ width }} />
      ))}
    </div>
  );
}
