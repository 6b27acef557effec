import { Sparkline } from "~/charts/sparkline";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { addressOf } from "./address";
import type { Frame, KeyFigure } from "./model";

/** The numbers that matter, each with its change and its months; a click opens the page with the details. */
export function KeyFigures({ keys, frame }: { keys: readonly KeyFigure[]; frame: Frame }) {
  return (
    <KeyNumbers>
      {keys.map(({ id, spark, page, indicator, to, ...key }) => (
        <KeyNumber
          key={id}
          {...key}
          spark={
            spark.filter((value) => value !== null).length > 1 ? <Sparkline values={spark} /> : undefined
          }
          to={page ? addressOf(page, frame.state, { indicator }) : to}
        />
      ))}
    </KeyNumbers>
  );
}
