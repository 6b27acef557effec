import { type Row, SIGNED_IN } from "./row";

export const rows: Row[] = [
  { route: "routes/_app._index", method: "GET", path: "/", may: SIGNED_IN },
  {
    route: "routes/_app._index",
    method: "POST",
    path: "/?index",
    form: { message: "none" },
    may: ["headA", "clerkA", "headB", "headA1", "liaisonA1", "headA2", "homeHead", "pointHead"],
  },
];
