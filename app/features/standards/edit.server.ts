import type { StandardOutcome } from "@muster/db/queries/standards/edit";
import { DIMENSIONS, ITEM_KINDS, MAX_POINTS, type StandardItem } from "@muster/domain/standard";
import { z } from "zod";
import { Day } from "~/features/stations/forms";
import { conflict, forbidden, notFound, type Refusal, unprocessable } from "~/server/errors.server";
import { MOST_GRADES } from "./grades-form";

/** A number of a version in an address or form. */
export const SetNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

const Name = (longest: number) => z.string().trim().min(1).max(longest);
const Version = z.coerce.number().int().min(0);

export const CopyForm = z.object({
  from: SetNumber.or(z.literal("").transform(() => null)),
  nameZh: Name(40),
  nameEn: Name(80),
});
export const PublishForm = z.object({ version: Version, validFrom: Day });
export const DropForm = z.object({ version: Version });

const Threshold = z
  .string()
  .trim()
  .max(20)
  .transform((text) => (text === "" ? null : text.replace("≥", ">=").replace("≤", "<=")));

export const ItemForm = z.object({
  version: Version,
  code: z.string().trim().toUpperCase().max(3).default(""),
  dimension: z.enum(DIMENSIONS),
  nameZh: Name(40),
  nameEn: Name(80),
  kind: z.enum(ITEM_KINDS),
  city: Threshold,
  district: Threshold,
  town: Threshold,
  village: Threshold,
  points: z.coerce.number().int().min(0).max(MAX_POINTS),
  mandatory: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
  source: z
    .string()
    .max(40)
    .transform((text) => text || null),
});

/** The item a form describes. */
export function itemOf(form: z.output<typeof ItemForm>, code: string): Omit<StandardItem, "sort"> {
  const { dimension, nameZh, nameEn, kind, city, district, town, village, points, mandatory, source } = form;
  return {
    code,
    dimension,
    name: { zh: nameZh, en: nameEn },
    kind,
    thresholds: { city, district, town, village },
    points,
    mandatory,
    source,
  };
}

/** Lines of grades; an empty name takes a line away. */
export const GradesForm = z.object({ version: Version }).catchall(z.string().max(80));

/** The grades of a form: what has a Chinese name is a grade. */
export function gradesOf(form: Record<string, unknown>) {
  const text = (name: string) => (typeof form[name] === "string" ? (form[name] as string).trim() : "");
  return Array.from({ length: MOST_GRADES }, (_, index) => index).flatMap((index) => {
    const zh = text(`grade.${index}.nameZh`);
    if (zh === "") return [];
    const points = text(`grade.${index}.points`);
    if (!/^\d{1,3}$/.test(points)) {
      throw unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { [`grade.${index}.points`]: "field.integer" },
      });
    }
    return [
      {
        code: text(`grade.${index}.code`) || `grade_${index + 1}`,
        name: { zh, en: text(`grade.${index}.nameEn`) || zh },
        minPoints: Number(points),
        needsFiveHaves: text(`grade.${index}.five`) === "on",
      },
    ];
  });
}

/** The value of an edit, or its refusal thrown in the reader's language. */
export function standardsEdited<T>(outcome: StandardOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw refusalOf(outcome);
}

function refusalOf({ refusal }: Extract<StandardOutcome, { ok: false }>): Refusal {
  switch (refusal.kind) {
    case "forbidden":
      return forbidden();
    case "not_found":
      return notFound();
    case "conflict":
      return conflict("standards:refusal.conflict");
    case "published":
      return conflict("standards:refusal.published");
    case "incomplete":
      return unprocessable("standards:refusal.incomplete");
    case "invalid":
      return unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { [refusal.field]: `standards:problem.${refusal.problem}` },
      });
  }
}
