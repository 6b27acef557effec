/** A form as a page draws it, with what it would send. */
export interface DrawnForm {
  action: string;
  fields: [string, string][];
}

const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
const attribute = (tag: string, name: string) =>
  unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

/** The posting forms of a page, once for each of their buttons. */
export function formsOf(html: string, address: string): DrawnForm[] {
  return [...html.matchAll(/<form([^>]*method="post"[^>]*)>(.*?)<\/form>/gs)].flatMap(
    ([, tag = "", inside = ""]) => {
      const fields = [...inside.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
        .map(([field]): [string, string] => [attribute(field, "name"), attribute(field, "value")])
        .filter(([name]) => name !== "");
      const buttons = [...inside.matchAll(/<button\b[^>]*>/g)]
        .map(([button]): [string, string] => [attribute(button, "name"), attribute(button, "value")])
        .filter(([name]) => name !== "");
      const action = attribute(tag, "action") || address;
      return (buttons.length > 0 ? buttons : [null]).map((button) => ({
        action,
        fields: button ? [button, ...fields] : fields,
      }));
    },
  );
}
