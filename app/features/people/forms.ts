import { PURPOSES, SEXES, WAYS_IN } from "@muster/domain/person";
import { SECTION_NAMES, type SectionName } from "@muster/domain/person-sections";
import { z } from "zod";
import { Day, line, Version } from "../stations/forms";

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Name = line(30).min(1);
const Chosen = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess((value) => (value === "" ? undefined : value), schema.optional())
    .transform((value) => value ?? null);

export const PARTS = ["basics", ...SECTION_NAMES] as const;
export type Part = "basics" | SectionName;

export const PersonParams = z.object({ personId: Uuid });
export const PartParams = PersonParams.extend({ part: z.enum(PARTS) });

const IdentityFields = {
  name: Name,
  idNumber: line(30),
  sex: Chosen(z.enum(SEXES)),
  bornOn: Chosen(Day),
  phone: line(30),
};

export const NewPersonForm = z.object({
  ...IdentityFields,
  category: z.string().regex(/^\w{1,10}$/, "people:error.category"),
  activeFrom: Day,
  wayIn: z.enum(WAYS_IN),
});
export const AskForm = z.object({ idNumber: line(30).min(1), reason: line(100).min(1) });
export const BasicsForm = z.object({ ...IdentityFields, version: Version });
/** What a section takes is said by the section (readSection); here only that it is text. */
export const SectionForm = z.record(z.string().max(40), z.string());

export const RevealForm = z.object({ part: z.enum(PARTS), purpose: z.enum(PURPOSES) });
/** How much of an archive goes on paper. */
export const SHEET_KINDS = ["masked", "full"] as const;
export const SheetForm = z.object({ kind: z.enum(SHEET_KINDS), purpose: z.enum(PURPOSES) });
export const CategoryForm = z.object({
  code: z.string().regex(/^\w{1,10}$/, "people:error.category"),
  from: Day,
  document: line(60),
});
export const EndCategoryForm = z.object({ categoryId: Uuid, on: Day });
export const LeaveForm = z.object({
  version: Version,
  on: Day,
  wayOut: z.enum(["died", "moved_out"]),
  note: line(100),
});
export const MergeForm = z.object({ version: Version, into: Uuid });
export const ReinstateForm = z.object({ version: Version, reason: line(100).min(1) });

export const FindForm = z.object({ q: line(40), query: z.string().max(1000) });
export const BulkForm = z.object({ ids: z.array(Uuid).min(1, "people:error.someone").max(200) });
export const DecisionForm = z.object({ id: Uuid, reason: line(100) });
/** A button and nothing else. */
export const NothingForm = z.object({});
