import { FIGURES, type Row, type Who } from "./row";

const EDITORS: readonly Who[] = ["admin", "stranger"];

/** A page of the catalogue with its forms; an empty form changes nothing. */
function pageOf(name: string, address: string, reads: readonly Who[], intents: readonly string[]): Row[] {
  const route = `routes/_app.settings.catalogue.${name}`;
  const path = `/settings/catalogue${address}`;
  return [
    { route, method: "GET", path, may: reads },
    ...intents.map((intent): Row => ({ route, method: "POST", intent, path, may: EDITORS })),
  ];
}

export const rows: Row[] = [
  ...pageOf("_index", "", FIGURES, []),
  ...pageOf("indicators.$code", "/indicators/C01", FIGURES, ["edit", "retire", "restore"]),
  ...pageOf("indicators.new", "/indicators/new", EDITORS, [""]),
  ...pageOf("checks._index", "/checks", FIGURES, []),
  ...pageOf("checks.$code", "/checks/K15", FIGURES, ["edit", "retire"]),
  ...pageOf("checks.new", "/checks/new", EDITORS, [""]),
  ...pageOf("deadlines", "/deadlines", FIGURES, ["save", "drop"]),
];
