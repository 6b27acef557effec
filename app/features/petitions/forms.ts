import { PURPOSES } from "@muster/domain/person";
import { LIMIT_NAMES, NOTICE_KINDS, PETITION_CHANNELS } from "@muster/domain/petition";
import { z } from "zod";
import { orNull, TopicCode, Uuid, words } from "../reception/forms";
import { Day, line, Ticked, Version } from "../stations/forms";

export const PetitionParams = z.object({ petitionId: Uuid });
export const NoticeParams = PetitionParams.extend({
  kind: z.enum(NOTICE_KINDS as [(typeof NOTICE_KINDS)[number]]),
});

/** The places of those who petition: as many as may speak for the others. */
export const PLACES = [0, 1, 2, 3, 4] as const;
const line0 = (most: number) => z.preprocess((value) => value ?? "", line(most));
const Name = line0(30);
const Phone = line0(30);
const Address = line0(80);
const Representatives = {
  name0: Name,
  phone0: Phone,
  address0: Address,
  name1: Name,
  phone1: Phone,
  address1: Address,
  name2: Name,
  phone2: Phone,
  address2: Address,
  name3: Name,
  phone3: Phone,
  address3: Address,
  name4: Name,
  phone4: Phone,
  address4: Address,
};

const People = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,3}$/, "stations:error.count")
  .transform(Number);

const Days = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/, "petitions:limits.error")
  .transform(Number)
  .refine((days) => days >= 1 && days <= 365, "petitions:limits.error");
export const NewPetitionForm = z.object({
  requestKey: Uuid,
  reception: orNull(Uuid),
  person: orNull(Uuid),
  channel: z.enum(PETITION_CHANNELS),
  topic: z.preprocess((value) => value ?? "", TopicCode),
  receivedOn: Day,
  subject: line(60),
  body: words(4000),
  people: People,
  backlog: Ticked,
  ownDays: orNull(Days),
  ...Representatives,
});

const OnDay = orNull(Day);
export const StepForm = z.object({ version: Version, text: words(4000), on: OnDay });
export const ButtonForm = z.object({ version: Version });
export const LeadForm = z.object({ version: Version, leaderId: z.preprocess((value) => value ?? "", Uuid) });
export const FlagForm = z.object({ version: Version, backlog: z.enum(["yes", "no"]), text: words(500) });
export const TimeForm = z.object({
  version: Version,
  text: words(1000),
  days: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, "petitions:limits.error")
    .transform(Number),
});
export const RevealForm = z.object({ purpose: z.enum(PURPOSES) });

export const LimitsForm = z.object({
  validFrom: Day,
  ...(Object.fromEntries(LIMIT_NAMES.map((name) => [name, Days])) as Record<
    (typeof LIMIT_NAMES)[number],
    typeof Days
  >),
});
