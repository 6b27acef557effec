import type { Row, Who } from "./row";
import { FIGURES } from "./row";

/** Who keeps an archive anywhere; in the row's own station the row itself decides. */
const KEEPERS: readonly Who[] = [
  ...(["headA", "clerkA", "headA1", "liaisonA1", "headB", "headA2", "homeHead", "pointHead"] as const),
];
/** Who looks behind masks: whoever keeps an archive, and administrators. */
const REVEALERS: readonly Who[] = ["admin", "stranger", ...KEEPERS];
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1", "liaisonA1"];
const HERE: readonly Who[] = ["headA1", "liaisonA1"];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
const cards = "routes/_app.cards";
const own: Row["path"] = (_, { person: id }) => `/people/${id}/cards`;
/** A day that no card may end on: nothing is made out. */
const never = { kind: "emergency", validUntil: "2000-01-01", workerId: "" };

export const rows: Row[] = [
  { route: `${cards}._index`, method: "GET", path: "/cards", may: FIGURES },
  {
    route: `${cards}._index`,
    method: "POST",
    intent: "print",
    path: "/cards?index",
    form: { ids: NOBODY },
    may: REVEALERS,
  },
  {
    route: "routes/_app.people._index",
    method: "POST",
    intent: "cards",
    path: "/people?index",
    form: { ids: NOBODY },
    may: KEEPERS,
  },
  { route: `${cards}.new`, method: "GET", path: (_, { person: id }) => `/cards/new?ids=${id}`, may: KEEPERS },
  {
    route: `${cards}.new`,
    method: "POST",
    path: "/cards/new",
    form: (_, { person: id }) => ({ ids: id, ...never }),
    may: HERE,
  },
  { route: `${cards}.print`, method: "GET", path: `/cards/print?ids=${NOBODY}`, may: REVEALERS },
  {
    route: `${cards}.print`,
    method: "POST",
    intent: "show",
    path: "/cards/print",
    form: { ids: NOBODY, purpose: "apply" },
    may: REVEALERS,
  },
  {
    route: "routes/cards.pdf",
    method: "POST",
    path: "/cards/pdf",
    form: { ids: NOBODY, purpose: "apply" },
    may: REVEALERS,
  },
  { route: `${cards}.settings`, method: "GET", path: "/cards/settings", may: KEEPERS },
  // A number that is none: nothing is written.
  {
    route: `${cards}.settings`,
    method: "POST",
    path: "/cards/settings",
    form: { police: "x" },
    may: KEEPERS,
  },
  { route: "routes/_app.people.$personId.cards", method: "GET", path: own, may: SEES_A1 },
  {
    route: "routes/_app.people.$personId.cards",
    method: "POST",
    intent: "issue",
    path: own,
    form: never,
    may: HERE,
  },
  // Incomplete: whoever keeps an archive anywhere gets as far as that.
  ...["replace", "withdraw"].map(
    (intent): Row => ({
      route: "routes/_app.people.$personId.cards",
      method: "POST",
      intent,
      path: own,
      form: { id: "\u0000" },
      may: KEEPERS,
    }),
  ),
  // No card has this token: everybody is refused, as by a card of another station.
  { route: "routes/c.$token", method: "GET", path: "/c/AAAAAAAAAAAAAAAAAAAAAA", may: [] },
];
