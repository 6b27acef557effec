/** The process lives. Asks nothing of session or database. */
export function loader(): Response {
  return new Response("ok\n", { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
