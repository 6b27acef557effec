import { PURPOSES } from "@muster/domain/person";
import { RECEPTION_CHANNELS, RECEPTION_OUTCOMES, RECEPTION_PURPOSES } from "@muster/domain/reception";
import { z } from "zod";
import { Day, line, Ticked, Version } from "../stations/forms";

export const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** A field that may be left empty; null then. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess((value) => (value === "" ? undefined : value), schema.optional())
    .transform((value) => value ?? null);
export const TopicCode = z.string().regex(/^\w{1,10}$/, "reception:refusal.unknown_topic");
/** Words of some lines. */
export const words = (most: number) => z.string().trim().max(most);

export const ReceptionParams = z.object({ receptionId: Uuid });

export const NewReceptionForm = z.object({
  requestKey: Uuid,
  topic: z.preprocess((value) => value ?? "", TopicCode),
  channel: z.enum(RECEPTION_CHANNELS),
  purpose: z.enum(RECEPTION_PURPOSES),
  day: Day,
  person: orNull(Uuid),
  visitor: line(30),
  phone: line(30),
  question: words(500),
  answer: words(2000),
  outcome: z.enum(RECEPTION_OUTCOMES),
  dueOn: orNull(Day),
});

export const AnswerForm = z.object({ version: Version, answer: words(2000) });
export const ReplyForm = z.object({ version: Version, reply: words(2000) });
export const ReasonForm = z.object({ version: Version, reason: words(200) });
export const VersionForm = z.object({ version: Version });
export const RevealForm = z.object({ purpose: z.enum(PURPOSES) });
export const PublishForm = z.object({
  topic: TopicCode,
  knowledgeQuestion: words(300),
  knowledgeAnswer: words(2000),
});
export const WithdrawForm = z.object({ id: Uuid, version: Version });

const TopicName = z.object({ nameZh: line(20).min(1), nameEn: line(60).min(1) });
export const NewTopicForm = TopicName.extend({
  code: z
    .string()
    .trim()
    .regex(/^\w{2,4}$/, "reception:topics.codeError"),
});
export const EditTopicForm = TopicName.extend({
  code: z.string().regex(/^\w{1,10}$/),
  version: Version,
  retired: Ticked,
});
