import { REGISTER_NAMES, REGISTERS, type RegisterName } from "@muster/domain/register";
import { z } from "zod";
import { line } from "../stations/forms";

const Register = z.enum(REGISTER_NAMES as [RegisterName, ...RegisterName[]]);

/** A view is kept with its filters and columns, not with what was searched for or the page that was open. */
export const SaveViewForm = z.object({
  register: Register,
  name: line(20).min(1),
  query: z.string().max(1000).transform(viewQuery),
});
export const DropViewForm = z.object({
  register: Register,
  id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
});

/** A query without words that were searched for and without the place of a page. */
export function viewQuery(query: string): string {
  const search = new URLSearchParams(query);
  for (const name of ["q", "after", "before", "index"]) search.delete(name);
  return String(search);
}

/** The address of a register's list as a view asks for it. */
export function viewAddress(register: RegisterName, query = ""): string {
  const { address } = REGISTERS[register];
  return query ? `${address}?${query}` : address;
}
