import { ALL, type Row, SIGNED_IN } from "./row";

export const rows: Row[] = [
  // The frame itself, asked through a page that everyone with an account has.
  { route: "routes/_app", method: "GET", path: "/settings/display", may: SIGNED_IN },
  { route: "root", method: "GET", path: "/login", may: ALL },
  // Nothing is there, for nobody.
  { route: "routes/$", method: "GET", path: "/no-such-page", may: [] },
  { route: "routes/healthz", method: "GET", path: "/healthz", may: ALL },
  { route: "routes/readyz", method: "GET", path: "/readyz", may: ALL },
  { route: "routes/metrics", method: "GET", path: "/metrics", may: ALL },
  {
    route: "routes/settings.locale",
    method: "POST",
    path: "/settings/locale",
    form: { locale: "en" },
    may: ALL,
  },
  {
    route: "routes/settings.elder",
    method: "POST",
    path: "/settings/elder",
    form: { elder: "off" },
    may: ALL,
  },
  { route: "routes/_app.settings.display", method: "GET", path: "/settings/display", may: SIGNED_IN },
  {
    route: "routes/_app.settings.display",
    method: "POST",
    path: "/settings/display",
    form: { locale: "none" },
    may: SIGNED_IN,
  },
];
