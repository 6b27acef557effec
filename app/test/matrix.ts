import type { Row } from "./matrix/row";

const areas = import.meta.glob<{ rows?: Row[] }>("./matrix/*.ts", { eager: true });

/**
 * Who may reach which route by which method, one file per area under app/test/matrix. A route, a method or a form
 * that is not named there fails app/test/authorisation.test.ts: add its line beside the others of its area.
 */
export const MATRIX: readonly Row[] = Object.values(areas).flatMap(({ rows }) => rows ?? []);
