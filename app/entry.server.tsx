import { Writable } from "node:stream";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { localeOf, pageCatalogues, translator } from "~/i18n/i18n.server";
import type { Inlined } from "~/i18n/inlined";
import { log } from "~/server/log.server";
import { withoutPadding } from "~/server/page-part.server";
import { describe } from "~/server/report.server";
import { InlinedCatalogues } from "~/ui/inlined-catalogues";
import { Nonce } from "~/ui/nonce";

export { serve } from "~/server/http.server";

const LONGEST_RENDER_MS = 8_000;

/** Milliseconds that the framework keeps a page's data for what may follow later: no loader of ours promises any. */
export const streamTimeout = 1_000;

/** Draws a page on the server. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { muster }: AppLoadContext,
): Promise<Response> {
  const locale = await localeOf(request);
  const handles = remix.staticHandlerContext.matches.map(({ route }) => remix.routeModules[route.id]?.handle);
  const inlined: Inlined = { locale, catalogues: pageCatalogues(locale, handles) };
  return new Promise((resolve, reject) => {
    let sent = false;
    const send = () => {
      sent = true;
      const parts: Uint8Array[] = [];
      const page = new Writable({
        write(part: Uint8Array, _encoding, taken) {
          parts.push(withoutPadding(part));
          taken();
        },
      });
      page.on("finish", () => {
        clearTimeout(overdue);
        headers.set("Content-Type", "text/html; charset=utf-8");
        muster.drawn = Buffer.concat(parts);
        resolve(new Response(null, { headers, status }));
      });
      page.on("error", reject);
      pipe(page);
    };
    const { pipe, abort } = renderToPipeableStream(
      <Nonce.Provider value={muster.nonce}>
        <InlinedCatalogues.Provider value={inlined}>
          <I18nextProvider i18n={translator(locale)}>
            <RemixServer
              context={remix}
              url={request.url}
              nonce={muster.nonce}
              abortDelay={LONGEST_RENDER_MS}
            />
          </I18nextProvider>
        </InlinedCatalogues.Provider>
      </Nonce.Provider>,
      {
        nonce: muster.nonce,
        // Nothing of ours arrives late, so the page is drawn whole and sent in one piece.
        onAllReady: send,
        onShellError(error) {
          clearTimeout(overdue);
          reject(error);
        },
        onError(error: unknown) {
          status = 500;
          // Before the shell the error is rejected and logged once, by handleError.
          if (sent)
            log().error({ reference: muster.reference, error: describe(error) }, "error while drawing");
        },
      },
    );
    // Cleared when the page is drawn: it holds all of the page, and in nine seconds a busy server draws a thousand.
    const overdue = setTimeout(abort, LONGEST_RENDER_MS + 1_000).unref();
  });
}

/** Errors that no route turned into an answer: the framework's own, and those of drawing. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  // A 4xx of the framework (no such method here) is an answer, not a fault.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  log().error({ reference: context.muster.reference, error: describe(error) }, "error outside a route");
}
