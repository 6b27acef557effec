import { parseDay } from "@muster/domain/period";
import { KINDS, LEVELS } from "@muster/domain/station";
import { z } from "zod";
import { TYPES } from "./labels";

/** A number of the sequence of stations in an address or a list. */
export const StationNumber = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

export const StationParams = z.object({ stationId: StationNumber });

export const Day = z
  .string()
  .trim()
  .refine((text) => parseDay(text) !== null, "stations:error.day");

export const Version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const Picked = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "stations:error.pick")
  .transform(Number);
/** One line of text: what is pasted with breaks or tabs is not a name. */
export const line = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum)
    .refine((text) => !/\p{Cc}/u.test(text), "field.characters");
const StationName = line(60).min(1);
export const Phone = line(40).regex(/^[\d\s()（）+\-—转]*$/, "stations:error.phone");
export const Ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
export const Count = digits(4, "stations:error.count");

function digits(most: number, error: string) {
  return z
    .string()
    .trim()
    .regex(new RegExp(`^\\d{1,${most}}$`), error)
    .transform(Number);
}

/** A reorganisation is dated, and made on the version that was looked at. */
const Change = z.object({ on: Day, version: Version });
export const DayForm = Change;
export const RenameForm = Change.extend({ name: StationName });
export const MoveForm = Change.extend({ parentId: Picked });
export const MergeForm = Change.extend({ intoId: Picked });

const OwnCode = line(20).regex(/^[0-9A-Za-z-]+$/, "stations:error.codeOwn");
/** A statistical division code. */
export const STATISTICAL = /^\d{12}$/;

/** `village station`: what may be chosen below a parent. */
export const LevelKind = z
  .string()
  .regex(new RegExp(`^(${LEVELS.join("|")}) (${KINDS.join("|")})$`), "stations:error.pick")
  .transform((text) => {
    const [level = "", kind = ""] = text.split(" ");
    return { level: level as (typeof LEVELS)[number], kind: kind as (typeof KINDS)[number] };
  });

export const CreateForm = z
  .object({
    type: LevelKind,
    name: StationName,
    code: OwnCode,
    openedOn: Day,
    required: Ticked,
    address: line(200),
    phone: Phone,
  })
  .refine(({ type, code }) => type.kind !== "station" || STATISTICAL.test(code), {
    path: ["code"],
    message: "stations:error.code12",
  });

/** The code's form depends on the station's kind, which the route asks the station for. */
export const DetailsForm = z.object({
  version: Version,
  code: OwnCode,
  address: line(200),
  phone: Phone,
  required: Ticked,
});

export const FactsForm = z.object({
  validFrom: Day,
  fullTime: Count,
  partTime: Count,
  approvedPosts: Count,
  veteranSecretary: Ticked,
  fiveHaves: Ticked,
});

export const PremisesForm = z.object({
  validFrom: Day,
  area: digits(6, "stations:error.area"),
  rooms: Count,
  yearlyFunds: digits(10, "stations:error.funds"),
  disclosedOn: z
    .union([z.literal("").transform(() => null), Day])
    .optional()
    .transform((day) => day ?? null),
});

/** What the list of stations is asked for; anything odd counts as not asked. */
export const ListSearch = z.object({
  q: z.string().trim().max(100).catch("").default(""),
  level: z.enum(TYPES).optional().catch(undefined),
  status: z.enum(["open", "closed", "any"]).catch("open").default("open"),
  unfolded: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,15}){0,199}$/)
    .transform((text) => text.split(".").map(Number))
    .catch([])
    .default([]),
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
});

export const UploadForm = z.object({
  file: z
    .instanceof(File, { message: "stations:error.noFile" })
    .refine((file) => file.size > 0, "stations:error.noFile"),
  openedOn: Day,
});

export const ConfirmImportForm = z.object({
  digest: z.string().regex(/^[0-9a-f]{32}$/),
  openedOn: Day,
  parts: z
    .array(z.string().regex(/^[A-Za-z0-9+/=]+$/))
    .min(1)
    .max(400),
});
