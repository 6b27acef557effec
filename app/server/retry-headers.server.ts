import type { HeadersFunction } from "@remix-run/node";

/**
 * For pages whose form can be told to wait: the framework leaves an action's headers out of a document unless the
 * page hands them on. `export { headers } from "~/server/retry-headers.server";`
 */
export const headers: HeadersFunction = ({ actionHeaders }) => {
  const wait = actionHeaders.get("Retry-After");
  const kept = new Headers();
  if (wait) kept.set("Retry-After", wait);
  return kept;
};
