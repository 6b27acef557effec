import {
  APPLICANTS,
  CASE_STATES,
  type CaseAction,
  type CaseState,
  COUNTED_IN,
  type CountedIn,
  type Material,
  OPEN_STATES,
  REFUSAL_REASONS,
  type RefusalReason,
} from "@muster/domain/assistance";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { atStation } from "./at-station";
import { person } from "./person";
import { reception } from "./reception";
import { bytea, cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

const fen = (name: string) => bigint(name, { mode: "number" });
const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** Kinds of assistance a city grants, a row per stretch of validity: content as indicators and checks are. */
export const assistanceType = pgTable(
  "assistance_type",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    validFrom: cText("valid_from").notNull(),
    /** Last month it can be applied for; null while it can. */
    validTo: cText("valid_to"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    countsIn: cText("counts_in").notNull().$type<CountedIn>(),
    /** Emergency aid: the town pays first, papers and the city's word follow. */
    payFirst: boolean("pay_first").notNull().default(false),
    publicityDays: smallint("publicity_days").notNull(),
    yearlyLimit: fen("yearly_limit"),
    repeatMonths: smallint("repeat_months").notNull(),
    verifyDays: smallint("verify_days").notNull(),
    reviewDays: smallint("review_days").notNull(),
    approvalDays: smallint("approval_days").notNull(),
    paymentDays: smallint("payment_days").notNull(),
    followUpDays: smallint("follow_up_days").notNull(),
    materials: jsonb("materials").notNull().$type<Material[]>(),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code, t.validFrom] }),
    check("assistance_type_counts_in", sql`${t.countsIn} in (${oneOf(COUNTED_IN)})`),
    check(
      "assistance_type_days",
      sql`${t.publicityDays} between 0 and 30 and ${t.repeatMonths} between 0 and 60
        and ${t.verifyDays} between 1 and 90 and ${t.reviewDays} between 1 and 90
        and ${t.approvalDays} between 1 and 90 and ${t.paymentDays} between 1 and 90
        and ${t.followUpDays} between 1 and 90`,
    ),
    check("assistance_type_limit", sql`${t.yearlyLimit} > 0`),
    scopePolicy("assistance_type"),
    publishedPolicy("assistance_type"),
  ],
);

/** What a station may spend in a year, with everything below it. Set by the city. */
export const assistanceBudget = pgTable(
  "assistance_budget",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    year: smallint("year").notNull(),
    amount: fen("amount").notNull(),
    setBy: text("set_by").notNull(),
    setAt: timestamp("set_at", { withTimezone: true }).notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.year] }),
    check("assistance_budget_amount", sql`${t.amount} >= 0`),
    check("assistance_budget_year", sql`${t.year} between 2000 and 2099`),
    ...atStation("assistance_budget", t),
  ],
);

/**
 * An application for assistance and where it stands. Who it is for is a record of the archive; age and category are
 * those of the day it was filed. Reasons and means are sealed.
 */
export const assistanceCase = pgTable(
  "assistance_case",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    year: smallint("year").notNull(),
    /** Within station and year. */
    number: integer("number").notNull(),
    recordId: uuid("record_id").notNull(),
    /** The human being, whatever station's archive they are in. */
    personId: uuid("person_id").notNull(),
    age: smallint("age").notNull(),
    /** The first of their categories on that day; null without one. */
    category: cText("category"),
    typeCode: cText("type_code").notNull(),
    /** The stretch of content it was filed under: its rules hold to the end. */
    typeFrom: cText("type_from").notNull(),
    countsIn: cText("counts_in").notNull().$type<CountedIn>(),
    appliedOn: date("applied_on").notNull(),
    appliedBy: cText("applied_by").notNull().$type<(typeof APPLICANTS)[number]>(),
    /** Reason, household and means, sealed as one text. */
    details: bytea("details").notNull(),
    asked: fen("asked").notNull(),
    approved: fen("approved"),
    paid: fen("paid"),
    paidOn: date("paid_on"),
    publicFrom: date("public_from"),
    /** Last day of the publicity. */
    publicUntil: date("public_until"),
    state: cText("state").notNull().$type<CaseState>(),
    stateSince: date("state_since").notNull(),
    dueOn: date("due_on"),
    /** Why it was refused; null unless it was, also while that is reviewed. */
    refusal: cText("refusal").$type<RefusalReason>(),
    /** The entry of the counter log it came out of; null for any other. */
    receptionId: uuid("reception_id"),
    /** Made by the form, so that a second tap of the same button is one case. */
    requestKey: uuid("request_key").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("assistance_case", t),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "assistance_case_person_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.receptionId],
      foreignColumns: [reception.cityId, reception.id],
      name: "assistance_case_reception_fk",
    }),
    // Serves: an entry of the counter log becomes one case; the link back from the entry.
    uniqueIndex("assistance_case_reception").on(t.cityId, t.receptionId).where(sql`reception_id is not null`),
    // Serves: one case however often its form is sent.
    uniqueIndex("assistance_case_request").on(t.cityId, t.requestKey),
    // Serves: the next number of a station and year.
    uniqueIndex("assistance_case_number").on(t.cityId, t.stationId, t.year, t.number),
    // Serves: the ledger of a whole city in its order, page by page.
    index("assistance_case_applied").on(t.cityId, t.appliedOn, t.id),
    // Serves: the ledger of one state, and what waits for a step.
    index("assistance_case_state").on(t.cityId, t.state, t.appliedOn, t.id),
    // Serves: the ledger of one kind.
    index("assistance_case_type").on(t.cityId, t.typeCode, t.appliedOn, t.id),
    // Serves: applications of a month (E01), and since when a station keeps the register.
    index("assistance_case_station").on(t.cityId, t.stationId, t.appliedOn, t.id),
    // Serves: payments of a month (E02 to E04).
    index("assistance_case_paid").on(t.cityId, t.stationId, t.paidOn).where(sql`paid_on is not null`),
    // Serves: what was paid in a range of months, from the index alone.
    index("assistance_case_payments")
      .on(t.cityId, t.paidOn, t.path, t.typeCode, t.category, t.age, t.paid, t.appliedOn)
      .where(sql`paid_on is not null`),
    // Serves: what is past its date.
    index("assistance_case_due").on(t.cityId, t.dueOn).where(sql`due_on is not null`),
    // Serves: the cases of one human being: yearly limits, the same cause again, the person's page.
    index("assistance_case_human").on(t.cityId, t.personId, t.appliedOn),
    check("assistance_case_state", sql`${t.state} in (${oneOf(CASE_STATES)})`),
    check("assistance_case_counts_in", sql`${t.countsIn} in (${oneOf(COUNTED_IN)})`),
    check("assistance_case_applied_by", sql`${t.appliedBy} in (${oneOf(APPLICANTS)})`),
    check("assistance_case_money", sql`${t.asked} > 0 and ${t.approved} > 0 and ${t.paid} > 0`),
    check("assistance_case_paid", sql`(${t.paid} is null) = (${t.paidOn} is null)`),
    check("assistance_case_due", sql`(${t.dueOn} is not null) = (${t.state} in (${oneOf(OPEN_STATES)}))`),
    check("assistance_case_refusal", sql`${t.refusal} in (${oneOf(REFUSAL_REASONS)})`),
    check("assistance_case_publicity", sql`(${t.publicFrom} is null) = (${t.publicUntil} is null)`),
  ],
);

const ofCase = {
  ...tenantColumns,
  stationId: bigint("station_id", { mode: "number" }).notNull(),
  caseId: uuid("case_id").notNull(),
};

/** A paper of a case: brought, or promised for a day. */
export const assistanceMaterial = pgTable(
  "assistance_material",
  {
    ...ofCase,
    code: cText("code").notNull(),
    sort: smallint("sort").notNull(),
    receivedOn: date("received_on"),
    /** By when a missing one follows. */
    dueOn: date("due_on"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.caseId, t.code] }),
    foreignKey({
      columns: [t.cityId, t.caseId],
      foreignColumns: [assistanceCase.cityId, assistanceCase.id],
      name: "assistance_material_case_fk",
    }),
    ...atStation("assistance_material", t),
  ],
);

/** What happened to a case: append-only. Words about people are sealed. */
export const assistanceEvent = pgTable(
  "assistance_event",
  {
    ...ofCase,
    id: uuid("id").notNull(),
    action: cText("action").notNull().$type<"apply" | CaseAction>(),
    fromState: cText("from_state").$type<CaseState>(),
    toState: cText("to_state").notNull().$type<CaseState>(),
    onDay: date("on_day").notNull(),
    /** Whole days that the state before had lasted. */
    waited: integer("waited").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byId: uuid("by_id").notNull(),
    byName: text("by_name").notNull(),
    byStationName: text("by_station_name").notNull(),
    /** Approved or paid by this step. */
    amount: fen("amount"),
    remark: bytea("remark"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.caseId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.caseId],
      foreignColumns: [assistanceCase.cityId, assistanceCase.id],
      name: "assistance_event_case_fk",
    }),
    // Serves: waiting times and refusals of a range of months, from the index alone.
    index("assistance_event_day").on(t.cityId, t.onDay, t.path, t.fromState, t.waited, t.action, t.caseId),
    ...atStation("assistance_event", t),
  ],
);
