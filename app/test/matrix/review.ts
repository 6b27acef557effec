import { AROUND_A, type Row, type Who } from "./row";

const REVIEWERS: readonly Who[] = ["admin", "headA", "headB", "homeHead", "stranger"];
/** Whoever looks at others' reports: the villages have nobody to review. */
const LOOKERS: readonly Who[] = [...REVIEWERS, "overseer", "clerkA"];
const one: Row["path"] = (city, { period }) => `/review/${city.a1.id}/${period}`;

/** Steps at village a1's report. A version that is none, or incomplete: nothing changes. */
const steps: { intent: string; form: Record<string, string>; may: readonly Who[] }[] = [
  {
    intent: "return",
    form: { version: "999", cell: "D01", "reason.D01": "核对", dueOn: "2099-01-01" },
    may: ["headA", "clerkA"],
  },
  { intent: "accept", form: { version: "999" }, may: ["headA"] },
  { intent: "amend", form: { version: "999", reason: "核对" }, may: ["headA"] },
  { intent: "excuse", form: { reason: "" }, may: REVIEWERS },
  { intent: "unexcuse", form: {}, may: ["headA"] },
  { intent: "remind", form: {}, may: ["headA", "clerkA"] },
  { intent: "remark", form: { body: "请核对" }, may: AROUND_A },
];

export const rows: Row[] = [
  { route: "routes/_app.review", method: "GET", path: "/review", may: LOOKERS },
  { route: "routes/_app.review._index", method: "GET", path: "/review", may: LOOKERS },
  // Without a month: whoever may accept or remind anywhere gets this far.
  ...["accept-clean", "accept-ticked"].map(
    (intent): Row => ({
      route: "routes/_app.review",
      method: "POST",
      intent,
      path: "/review",
      may: REVIEWERS,
    }),
  ),
  {
    route: "routes/_app.review",
    method: "POST",
    intent: "remind",
    path: "/review",
    may: [...REVIEWERS, "clerkA"],
  },
  { route: "routes/_app.review.$stationId.$period", method: "GET", path: one, may: AROUND_A },
  ...steps.map(
    (step): Row => ({ route: "routes/_app.review.$stationId.$period", method: "POST", path: one, ...step }),
  ),
  { route: "routes/_app.review_.sign-off", method: "GET", path: "/review/sign-off", may: REVIEWERS },
  ...["sign", "withdraw"].map(
    (intent): Row => ({
      route: "routes/_app.review_.sign-off",
      method: "POST",
      intent,
      path: "/review/sign-off",
      form: { period: "never", reason: "" },
      may: REVIEWERS,
    }),
  ),
  { route: "routes/_app.review_.lock", method: "GET", path: "/review/lock", may: ["admin", "stranger"] },
  ...["lock", "unlock"].map(
    (intent): Row => ({
      route: "routes/_app.review_.lock",
      method: "POST",
      intent,
      path: "/review/lock",
      form: { period: "never" },
      may: ["admin", "stranger"],
    }),
  ),
];
