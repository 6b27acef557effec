import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "./choice";

function boxes(from: HTMLElement | null, name: string): HTMLInputElement[] {
  const found =
    from?.closest("table")?.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]") ?? [];
  return [...found].filter((box) => box.name === name && !box.disabled);
}

/** Ticks every row of its table. It needs a script, so it is not there before one runs. */
export function SelectAll({ name }: { name: string }) {
  const { t } = useTranslation();
  const [ready, setReady] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => setReady(true), []);
  return (
    <span ref={place}>
      {!ready && <span className="sr-only">{t("table.select")}</span>}
      {ready && (
        <Checkbox
          hideLabel
          label={t("table.selectAll")}
          onChange={(event) => {
            for (const box of boxes(place.current, name)) {
              box.checked = event.currentTarget.checked;
              // Those who count what is ticked listen for the change.
              box.dispatchEvent(new Event("change", { bubbles: true }));
            }
          }}
        />
      )}
    </span>
  );
}
