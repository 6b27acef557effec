import type { Session } from "./session.server";

/** What the HTTP server knows about a request before any route runs. */
export interface RequestContext {
  /** Short number that stands in the log, in X-Request-Id and on every error page. */
  reference: string;
  /** The reader's address: the socket's, or X-Forwarded-For behind a trusted proxy. */
  ip: string;
  /** This machine asks by itself: over loopback, and not for a reader of a proxy that runs here. */
  fromThisMachine: boolean;
  /** For inline scripts under the content security policy. */
  nonce: string;
  now: Date;
  /** A request of the running page (client navigation or form), not a visit of the browser. */
  fromScript: boolean;
  /** The address has no page of its own (a form's target, a download, the API). */
  resource?: boolean;
  /** A script of ours asks a resource and reads the answer itself: a refusal is JSON, too. */
  wantsJson?: boolean;
  /** Whether the body that was handed on as a stream has not come to its end. */
  unread?: () => boolean;
  /** Filled by the first route that asks; several loaders of a page share one look-up. */
  session?: Promise<Session | null>;
  /**
   * The page that was drawn, beside the Response, which has no body then: a Response copies what it is given, and
   * gives it back as a stream to be put together again. Five copies of each page were half of the server's memory.
   */
  drawn?: Uint8Array;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    muster: RequestContext;
  }
  interface Future {
    v3_singleFetch: true;
  }
}
