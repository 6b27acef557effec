import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";

export const loader = read({ authorization: "public" }, (): null => {
  throw notFound();
});

export default function NotFound() {
  return null;
}
