import { CARD_PLACES, CARD_SIZE, sheetsOf } from "@muster/domain/card";
import { useTranslation } from "react-i18next";
import type { CardFace } from "./faces.server";

const mm = (tenths: number) => `${tenths / 10}mm`;

/** Cards in their real size, ten to a sheet of A4, with marks to cut along. Looks on screen as on paper. */
export function CardSheets({ faces }: { faces: readonly CardFace[] }) {
  const { t } = useTranslation(["cards"]);
  return (
    <>
      {sheetsOf(faces).map((sheet, i) => (
        <section
          key={sheet[0]?.id}
          aria-label={t("print.sheet", { number: i + 1 })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="card-sheets overflow-x-auto"
        >
          <div lang="zh-CN" className="card-sheet">
            {sheet.map((face, place) => {
              const { x, y } = CARD_PLACES[place] ?? { x: 0, y: 0 };
              return (
                <div key={face.id} className="card-place" style={{ left: mm(x), top: mm(y) }}>
                  <Face face={face} />
                </div>
              );
            })}
          </div>
        </section>
      ))}
    </>
  );
}

function Face({ face }: { face: CardFace }) {
  const { title, name, rows, foot, scan, code } = face;
  return (
    <article
      className={`card-face card-${face.kind}`}
      style={{ width: mm(CARD_SIZE.width), height: mm(CARD_SIZE.height) }}
    >
      <header className="card-head">
        <h2>{title}</h2>
        <strong>{name}</strong>
      </header>
      <div className="card-body">
        <dl>
          {rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <figure>
          <Code code={code} />
          <figcaption>{scan}</figcaption>
        </figure>
      </div>
      <footer>{foot}</footer>
    </article>
  );
}

/** One path: a browser draws a thousand squares of their own with seams between them. */
function Code({ code }: { code: CardFace["code"] }) {
  const d = code.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg viewBox={`0 0 ${code.length} ${code.length}`} aria-hidden="true" shapeRendering="crispEdges">
      <path d={d} fill="#000" />
    </svg>
  );
}
