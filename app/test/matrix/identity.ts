import { ALL, AROUND_A1, FIGURES, MEMBERS, type Row, SIGNED_IN } from "./row";

const INVITERS = ["admin", "headA", "headB", "homeHead", "stranger"] as const;
/** Who may end or change roles at village a2. */
const ABOVE_A2 = ["admin", "headA"] as const;

export const rows: Row[] = [
  { route: "routes/login", method: "GET", path: "/login", may: ALL },
  // An empty form: 422 for everybody, no attempt counted.
  { route: "routes/login", method: "POST", path: "/login", form: { username: "", password: "" }, may: ALL },
  { route: "routes/logout", method: "GET", path: "/logout", may: ALL },
  // Signing out would end the session that the next row uses: a form that is refused before it does.
  { route: "routes/logout", method: "POST", path: "/logout", form: { to: "\u0000" }, may: ALL },
  { route: "routes/invite.$token", method: "GET", path: (_, x) => `/invite/${x.link}`, may: ALL },
  ...["create", "join", "reset"].map(
    (intent): Row => ({
      route: "routes/invite.$token",
      method: "POST",
      intent,
      path: (_, x) => `/invite/${x.link}`,
      // Refused as content before anything is accepted.
      form: { name: "", username: "", password: "", again: "x", unwanted: "\u0000" },
      may: ALL,
    }),
  ),
  {
    route: "routes/settings.membership",
    method: "POST",
    path: "/settings/membership",
    form: { membership: "none" },
    may: ALL,
  },
  { route: "routes/_app.settings._index", method: "GET", path: "/settings", may: SIGNED_IN },
  { route: "routes/_app.settings.account", method: "GET", path: "/settings/account", may: SIGNED_IN },
  { route: "routes/_app.settings.password", method: "GET", path: "/settings/password", may: SIGNED_IN },
  {
    route: "routes/_app.settings.password",
    method: "POST",
    path: "/settings/password",
    form: { currentPassword: "", password: "", again: "" },
    may: SIGNED_IN,
  },
  { route: "routes/_app.settings.sessions", method: "GET", path: "/settings/sessions", may: SIGNED_IN },
  {
    route: "routes/_app.settings.sessions",
    method: "POST",
    intent: "one",
    path: "/settings/sessions",
    form: { session: "none" },
    may: SIGNED_IN,
  },
  {
    route: "routes/_app.settings.sessions",
    method: "POST",
    intent: "others",
    path: "/settings/sessions",
    may: SIGNED_IN,
  },
  { route: "routes/_app.settings.tokens", method: "GET", path: "/settings/tokens", may: MEMBERS },
  {
    route: "routes/_app.settings.tokens",
    method: "POST",
    intent: "create",
    path: "/settings/tokens",
    form: { name: "", days: "30" },
    may: MEMBERS,
  },
  {
    route: "routes/_app.settings.tokens",
    method: "POST",
    intent: "revoke",
    path: "/settings/tokens",
    form: { token: "none" },
    may: MEMBERS,
  },
  { route: "routes/_app.users._index", method: "GET", path: "/users", may: FIGURES },
  {
    route: "routes/_app.users.$membershipId",
    method: "GET",
    path: (city) => `/users/${city.people.headA1.membershipId}`,
    may: AROUND_A1,
  },
  {
    route: "routes/_app.users.$membershipId",
    method: "POST",
    intent: "role",
    path: (city) => `/users/${city.people.headA2.membershipId}`,
    // The role they have: a conflict for whoever may.
    form: { role: "village_head" },
    may: ABOVE_A2,
  },
  {
    route: "routes/_app.users.$membershipId",
    method: "POST",
    intent: "reset",
    path: (city) => `/users/${city.people.headA2.membershipId}`,
    may: ABOVE_A2,
  },
  {
    route: "routes/_app.users.$membershipId",
    method: "POST",
    intent: "end",
    path: (city) => `/users/${city.people.clerkA.membershipId}`,
    // Too long: who may end roles anywhere gets this far, and the row's own questions are asked in users.test.ts.
    form: { reason: "长".repeat(300) },
    may: INVITERS,
  },
  ...["deactivate", "reactivate"].map(
    (intent): Row => ({
      route: "routes/_app.users.$membershipId",
      method: "POST",
      intent,
      path: (city) => `/users/${city.people.headA2.membershipId}`,
      // Too long, as above.
      form: { reason: "长".repeat(300) },
      may: INVITERS,
    }),
  ),
  { route: "routes/_app.users.invitations", method: "GET", path: "/users/invitations", may: INVITERS },
  {
    route: "routes/_app.users.invitations",
    method: "POST",
    path: "/users/invitations",
    form: { invitation: "none" },
    may: INVITERS,
  },
  { route: "routes/_app.users.invite", method: "GET", path: "/users/invite", may: INVITERS },
  {
    route: "routes/_app.users.invite",
    method: "POST",
    path: "/users/invite",
    form: (city) => ({ station: String(city.a2.id), role: "village_liaison", name: "新人" }),
    may: ABOVE_A2,
  },
  {
    // Nobody below the city staffs their own station.
    route: "routes/_app.users.invite",
    method: "POST",
    path: "/users/invite",
    form: (city) => ({ station: String(city.townA.id), role: "clerk", name: "新人" }),
    may: ["admin"],
  },
  {
    route: "routes/_app.audit._index",
    method: "GET",
    path: "/audit",
    may: ["admin", "overseer", "auditor", "stranger"],
  },
  {
    route: "routes/_app.audit.$entryId",
    method: "GET",
    path: (_, x) => `/audit/${x.entry}`,
    may: ["admin", "overseer", "auditor"],
  },
  {
    route: "routes/audit.export",
    method: "GET",
    path: "/audit/export",
    may: ["admin", "auditor", "stranger"],
  },
  { route: "routes/_app.cities", method: "GET", path: "/cities", may: ["operator"] },
  {
    route: "routes/_app.cities",
    method: "POST",
    intent: "create",
    path: "/cities",
    form: { code: "x", name: "", administrator: "" },
    may: ["operator"],
  },
  {
    route: "routes/_app.cities",
    method: "POST",
    intent: "invite",
    path: "/cities",
    form: { city: "x", administrator: "" },
    may: ["operator"],
  },
];
