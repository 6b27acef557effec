import { createContext, useContext } from "react";
import { INLINED_ID, type Inlined } from "~/i18n/inlined";

/** The page's catalogues, known while drawing on the server. */
export const InlinedCatalogues = createContext<Inlined | null>(null);

/** Writes the catalogues into the page as data; the browser keeps what the server wrote. */
export function InlinedCataloguesScript() {
  const inlined = useContext(InlinedCatalogues);
  // "<" would let a text close the script element.
  const text = inlined ? JSON.stringify(inlined).replace(/</g, "\\u003c") : "";
  return (
    <script
      id={INLINED_ID}
      type="application/json"
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own catalogues as JSON, escaped above
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}
