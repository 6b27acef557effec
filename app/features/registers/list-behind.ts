import { type AppAbility, mayAny, type SubjectName } from "@muster/access/ability";
import { listBehind, type RegisterName, registerOf } from "@muster/domain/register";

/** Whose right to read opens a register's list. */
const SUBJECTS: Record<RegisterName, SubjectName> = {
  people: "Person",
  findings: "Finding",
  visits: "Visit",
  assistance: "Assistance",
  reception: "Reception",
  petitions: "Petition",
  cards: "Person",
  staff: "Staff",
};

/** The address of the list behind a figure for somebody who may read that register; null for others. */
export function readableList(
  ability: AppAbility,
  derivation: string,
  at: Parameters<typeof listBehind>[1],
): string | null {
  const register = registerOf(derivation);
  return register && mayAny(ability, "read", SUBJECTS[register]) ? listBehind(derivation, at) : null;
}
