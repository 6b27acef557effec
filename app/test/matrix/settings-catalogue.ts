import { FIGURES, type Row } from "./row";

const page = "routes/_app.settings.catalogue";
/** A catalogue that is none: a conflict for whoever may change the city's. */
const stale = { version: "999999", from: "2099-01" };
const words = { nameZh: "走访", nameEn: "Visits", definitionZh: "口径", definitionEn: "Definition" };
const days = { submitFromDay: "1", villageDay: "3", townDay: "6", lockDay: "10" };
const staffing = { perWorker: "400", village: "own", town: "subtree", district: "subtree" };
const rule = {
  severity: "soft",
  left: "C01",
  comparison: "<=",
  right: "A01",
  floor: "0",
  messageZh: "走访不应多于服务对象",
  messageEn: "More visits than beneficiaries",
};
/** The administrator of another city changes that city's, never this one's: the same pages, their own rows. */
const EDITORS = ["admin", "stranger"] as const;

const change = (
  route: string,
  path: string,
  intent: string | undefined,
  form: Record<string, string>,
): Row => ({
  route: `${page}.${route}`,
  method: "POST",
  ...(intent === undefined ? {} : { intent }),
  path: `/settings/catalogue/${path}`,
  form: { ...stale, ...form },
  may: EDITORS,
});

export const rows: Row[] = [
  { route: `${page}._index`, method: "GET", path: "/settings/catalogue", may: FIGURES },
  {
    route: `${page}.indicators.$code`,
    method: "GET",
    path: "/settings/catalogue/indicators/C01",
    may: FIGURES,
  },
  change("indicators.$code", "indicators/C01", "edit", words),
  change("indicators.$code", "indicators/C01", "retire", {}),
  change("indicators.$code", "indicators/C01", "restore", {}),
  {
    route: `${page}.indicators.new`,
    method: "GET",
    path: "/settings/catalogue/indicators/new",
    may: EDITORS,
  },
  change("indicators.new", "indicators/new", undefined, {
    ...words,
    code: "Z99",
    section: "visits",
    unit: "person",
    acrossTime: "sum",
  }),
  { route: `${page}.checks._index`, method: "GET", path: "/settings/catalogue/checks", may: FIGURES },
  { route: `${page}.checks.$code`, method: "GET", path: "/settings/catalogue/checks/K16", may: FIGURES },
  change("checks.$code", "checks/K16", "edit", rule),
  change("checks.$code", "checks/K16", "retire", {}),
  { route: `${page}.checks.new`, method: "GET", path: "/settings/catalogue/checks/new", may: EDITORS },
  change("checks.new", "checks/new", undefined, { ...rule, code: "X99" }),
  { route: `${page}.deadlines`, method: "GET", path: "/settings/catalogue/deadlines", may: FIGURES },
  change("deadlines", "deadlines", "save", days),
  change("deadlines", "deadlines", "drop", {}),
  { route: `${page}.staffing`, method: "GET", path: "/settings/catalogue/staffing", may: FIGURES },
  change("staffing", "staffing", "save", staffing),
  change("staffing", "staffing", "drop", {}),
];
