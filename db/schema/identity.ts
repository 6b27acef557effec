import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { station } from "./station";
import { authPolicy, bytea, cText, scopePolicy, tenantColumns } from "./tenant";

/** A person who can sign in. No tenant data: what they may reach is in their memberships. */
export const appUser = pgTable(
  "app_user",
  {
    id: uuid("id").primaryKey(),
    /** Lower case. */
    username: cText("username").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    status: cText("status").notNull().default("active").$type<"active" | "disabled">(),
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
    /** Name of who deactivated it. */
    disabledBy: text("disabled_by"),
    /** City and path of their station: who stands below may not undo it. */
    disabledCity: bigint("disabled_city", { mode: "number" }),
    disabledWithin: cText("disabled_within"),
    /** Creates cities; has no membership and reaches no tenant data. */
    operator: boolean("operator").notNull().default(false),
    passwordChangedAt: timestamp("password_changed_at", { withTimezone: true }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    // Serves: login.
    uniqueIndex("app_user_username").on(t.username),
    check("app_user_status", sql`${t.status} in ('active', 'disabled')`),
    authPolicy("app_user", "all"),
  ],
);

/** A signed-in browser. Only the SHA-256 of its id is stored. */
export const session = pgTable(
  "session",
  {
    idHash: bytea("id_hash").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUser.id),
    /** The membership that acts; null for an operator. */
    cityId: bigint("city_id", { mode: "number" }),
    membershipId: uuid("membership_id"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    userAgent: text("user_agent").notNull().default(""),
    ip: text("ip").notNull().default(""),
  },
  (t) => [
    // Serves: a person's list of sessions and their revocation.
    index("session_user").on(t.userId),
    // Serves: revoking a membership's sessions.
    index("session_membership").on(t.membershipId),
    authPolicy("session", "all"),
  ],
);

/** A role of a person at a station. The scope of every transaction comes from such a row. */
export const membership = pgTable(
  "membership",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    userId: uuid("user_id").notNull(),
    /** Copies of the person's, so that a station can list its people without reading accounts. */
    username: cText("username").notNull(),
    name: text("name").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    role: cText("role").notNull(),
    since: timestamp("since", { withTimezone: true }).notNull(),
    /** A copy as well: the account is deactivated, and the role rests until it no longer is. */
    suspended: boolean("suspended").notNull().default(false),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedBy: text("ended_by"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "membership_station_fk",
    }),
    // Serves: one role of a person at a station only once at a time.
    uniqueIndex("membership_once").on(t.cityId, t.stationId, t.userId, t.role).where(sql`ended_at is null`),
    // Serves: the people of a station and the row-level policy.
    index("membership_path").on(t.cityId, t.path),
    // Serves: login, which knows the person before the city (the one index without city_id in front).
    index("membership_user").on(t.userId),
    check(
      "membership_role",
      sql`${t.role} in ('city_admin', 'city_overseer', 'city_auditor', 'head', 'clerk', 'village_head', 'village_liaison')`,
    ),
    scopePolicy("membership"),
    authPolicy("membership", "all"),
  ],
);

/** A one-time link by which the upper level lets a person choose their own password. */
export const invitation = pgTable(
  "invitation",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    tokenHash: bytea("token_hash").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    stationName: text("station_name").notNull(),
    role: cText("role").notNull(),
    /** The name the inviter gave; the person may correct it. */
    name: text("name").notNull(),
    /** Set when the link only resets the password of this account. */
    resetsUserId: uuid("resets_user_id"),
    invitedBy: text("invited_by").notNull(),
    /**
     * Path of the inviter's station. A reset link works only while every role of the account lies below it,
     * otherwise a town could take over the account of someone who also serves the city.
     */
    grantedWithin: cText("granted_within").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    // Serves: opening the link, whose text begins with the city's number.
    uniqueIndex("invitation_token").on(t.cityId, t.tokenHash),
    // Serves: a station's open invitations and the row-level policy.
    index("invitation_path").on(t.cityId, t.path),
    scopePolicy("invitation"),
    authPolicy("invitation", "all"),
  ],
);

/** A personal access token of the API: shown once, stored hashed. */
export const apiToken = pgTable(
  "api_token",
  {
    id: uuid("id").primaryKey(),
    tokenHash: bytea("token_hash").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUser.id),
    cityId: bigint("city_id", { mode: "number" }),
    membershipId: uuid("membership_id"),
    name: text("name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [
    // Serves: every call with a token.
    uniqueIndex("api_token_hash").on(t.tokenHash),
    // Serves: a person's list of tokens.
    index("api_token_user").on(t.userId),
    authPolicy("api_token", "all"),
  ],
);

/** Failed logins by address and by name, in the shape rate-limiter-flexible keeps. */
export const rateLimit = pgTable(
  "rate_limit",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull(),
    expire: timestamp("expire", { withTimezone: true }),
  },
  () => [authPolicy("rate_limit", "all")],
);
