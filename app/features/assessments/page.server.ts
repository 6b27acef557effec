import type { Action } from "@muster/access/ability";
import { mayAssess } from "@muster/access/decide";
import { valuesUpTo } from "@muster/db/queries/assessments/read";
import type { AssessmentPage, AssessmentRefusal } from "@muster/db/queries/assessments/steps";
import type { Measure, Origin } from "@muster/db/queries/standards/measure";
import { ASSESSMENT_ACTIONS, type AssessmentAction, STAGES } from "@muster/domain/assessment";
import { MOST_PER_SUBJECT } from "@muster/domain/evidence";
import { localDate } from "@muster/domain/period";
import { itemsFor, type StandardItem } from "@muster/domain/standard";
import { z } from "zod";
import { pieceLines, pieceRights } from "~/features/evidence/model.server";
import { sourceKey } from "~/features/standards/item-form";
import { StationNumber } from "~/features/stations/forms";
import { formatPeriod } from "~/i18n/format";
import type { Translate } from "~/i18n/locales";
import { conflict, forbidden, notFound, type Refusal, unprocessable } from "~/server/errors.server";
import type { MemberContext } from "~/server/prepare.server";
import { fieldsOf, type ItemLine, type Judged, valueInWords, valuesIn, verdictWith } from "./model";

const YEAR = /^(20\d\d)(?:-([2-9]|[1-9]\d))?$/;

/** `/stations/7/assessments/2026` and `2026-2` for the second round. */
export const AssessmentParams = z.object({
  stationId: StationNumber,
  year: z
    .string()
    .regex(YEAR)
    .transform((text) => {
      const [, year, round] = YEAR.exec(text) ?? [];
      return { year: Number(year), round: Number(round ?? 1) };
    }),
});

/** The right each button needs, asked again of the station itself. */
export const RIGHTS: Record<AssessmentAction, Action> = {
  save: "fill",
  submit: "submit",
  return: "return",
  check_save: "return",
  check: "accept",
  spot_save: "inspect",
  spot_check: "inspect",
};

/** The version that was read, and the items' fields, whose names the standards give. */
export const StepForm = z
  .object({ version: z.coerce.number().int().min(0), reason: z.string().trim().max(500).default("") })
  .catchall(z.string().max(500));

type Reader = Pick<MemberContext<unknown, unknown>, "ability" | "actor" | "may" | "now" | "t" | "locale">;

/** Everything the page of an assessment shows, for this reader. */
export function pageModel(
  { station, row, set, said, measures, pieces, evidence }: AssessmentPage,
  { ability, actor, may, now, t, locale }: Reader,
) {
  const place = { stationId: station.id, path: station.path };
  const allowed = pieceRights(place, evidence.decided, may);
  const assessed = { stationId: station.id, parentId: station.parentId, status: row.status };
  const steps = ASSESSMENT_ACTIONS.flatMap((action) => mayAssess(ability, actor, action, assessed) ?? []);
  const stage = steps.find((step) => step.stage !== null)?.stage ?? null;
  const earlier = stage === null ? STAGES : STAGES.slice(0, STAGES.indexOf(stage));
  const lastBefore = earlier.at(-1);
  const judged: Judged = {
    set: { items: set.items, grades: set.grades },
    level: row.level,
    before: lastBefore ? valuesUpTo(said, lastBefore) : {},
    stage,
  };
  const lookUp = (measure: Measure) => {
    const { origin, count } = measure;
    const words =
      origin.kind === "report"
        ? t("standards:origin.report", { period: formatPeriod(origin.period, locale) })
        : t(`standards:origin.${origin.kind}`, { count });
    return { words, to: addressOf(origin, station.id, (subject) => may("read", subject, place)) };
  };
  const lines: ItemLine[] = itemsFor(set, row.level).map((item) => {
    const measure = measures[item.code];
    const then = said[item.code]?.self?.measured;
    const settled = row.status !== "draft" && row.status !== "returned";
    const value = settled ? (then ?? undefined) : measure?.value;
    const inWords = (n: number) => valueInWords(item.kind, { value: n, notApplicable: false }, t);
    const shown = settled ? null : measure?.origin.kind === "evidence" ? measure.count : null;
    return {
      item,
      pieces: pieceLines(pieces[item.code] ?? [], localDate(now), allowed),
      said: STAGES.flatMap((each) => {
        const one = said[item.code]?.[each];
        const { value, notApplicable, remark, byName, at } = one ?? {};
        return one && byName !== undefined && at !== undefined
          ? [
              {
                stage: each,
                value: value ?? null,
                notApplicable: notApplicable ?? false,
                remark: remark ?? "",
                byName,
                at,
              },
            ]
          : [];
      }),
      measured:
        value === undefined
          ? null
          : {
              value,
              label:
                shown === null
                  ? [t("standards:measured", { value: inWords(value) }), measure && lookUp(measure).words]
                      .filter(Boolean)
                      .join(" · ")
                  : shown > 0
                    ? t("standards:proof", { count: shown })
                    : t("standards:proofNone"),
              to: measure ? lookUp(measure).to : null,
              records: measure
                ? recordsBehind(measure, station.id, t, (subject) => may("read", subject, place))
                : null,
            },
      byHand: byHand(item, value !== undefined || settled, t),
    };
  });
  // What the form starts with: what this side said before, else for the station what the records say.
  const start = Object.fromEntries(
    lines.map(({ item, said: all, measured }) => {
      const mine = all.find((each) => each.stage === stage);
      // That nothing was uploaded yet is no answer to start with.
      const known = item.kind === "evidence" && measured?.value === 0 ? null : (measured?.value ?? null);
      const value = mine ? mine.value : stage === "self" ? known : null;
      return [item.code, { value, notApplicable: mine?.notApplicable ?? false, remark: mine?.remark ?? "" }];
    }),
  );
  return {
    station: { id: station.id, name: station.name },
    evidence: {
      adds: may("create", "Evidence", place),
      open: evidence.open,
      most: MOST_PER_SUBJECT,
      owner: actor.membershipId,
    },
    row,
    setName: set.name,
    steps: steps.map(({ action }) => action),
    judged,
    lines,
    start,
    verdict: verdictWith(judged, stage === null ? {} : start),
  };
}

/** The page with the records behind a measure, for those who may read them. */
function addressOf(
  origin: Origin,
  stationId: number,
  reads: (subject: "Visit" | "Person" | "Staff") => boolean,
): string | null {
  switch (origin.kind) {
    case "report":
      return `/stations/${stationId}/months/${origin.period}`;
    case "staff":
      return reads("Staff") ? `/stations/${stationId}/staff` : null;
    case "contacts":
      return reads("Visit") ? `/visits?station=${stationId}&own=1&occasion=routine` : null;
    case "due":
      return reads("Visit") ? `/visits/due?station=${stationId}&state=overdue` : null;
    case "cards":
      return reads("Person") ? `/cards?station=${stationId}` : null;
    case "evidence":
      return null;
    default:
      return `/stations/${stationId}`;
  }
}

/** The records behind a report's figure, for those who may read them: what is missing, or what it counted. */
function recordsBehind(
  { value, origin }: Measure,
  stationId: number,
  t: Translate,
  reads: (subject: "Person" | "Petition") => boolean,
): { label: string; to: string } | null {
  if (origin.kind !== "report" || !origin.register) return null;
  const full = value >= 100;
  const { period } = origin;
  const at = (path: string, search: Record<string, string>) =>
    `${path}?${new URLSearchParams({ station: String(stationId), ...search })}`;
  if (origin.register === "people") {
    if (!reads("Person")) return null;
    return full
      ? {
          label: t("standards:records.archived"),
          to: at("/people", { figure: "people.archived", period }),
        }
      : { label: t("standards:records.notArchived"), to: at("/people", { archive: "open" }) };
  }
  if (!reads("Petition")) return null;
  return full
    ? { label: t("standards:records.closed"), to: at("/petitions", { figure: "petitions.closed", period }) }
    : {
        label: t("standards:records.late"),
        to: at("/petitions", { mark: "late", year: period.slice(0, 4) }),
      };
}

/** What to say of an item for which the records have no answer. */
function byHand({ kind, source }: StandardItem, answered: boolean, t: Translate): string | null {
  if (answered || kind === "evidence") return null;
  return source === null
    ? t("standards:byHand")
    : t("standards:byHandYet", { source: t(`standards:${sourceKey(source)}`) });
}

export type AssessmentModel = ReturnType<typeof pageModel>;

/** The values of a form; a number that cannot be read is refused beside its field. */
export function saidInForm(page: AssessmentPage, form: Record<string, unknown>) {
  const items = itemsFor(page.set, page.row.level);
  const read = (field: string) => {
    const text = form[field];
    return typeof text === "string" ? text : undefined;
  };
  const values = valuesIn(items, read);
  const unread = items.filter(({ code }) => {
    const field = fieldsOf(code);
    const said = values[code];
    return said?.value === null && !said.notApplicable && (read(field.value) ?? "").trim() !== "";
  });
  if (unread.length > 0) {
    throw unprocessable("unprocessable", {
      params: { count: unread.length },
      fields: Object.fromEntries(unread.map(({ code }) => [fieldsOf(code).value, "standards:error.value"])),
    });
  }
  return values;
}

/** A refusal of a step in the reader's language. */
export function refusalOfStep(refusal: AssessmentRefusal): Refusal {
  switch (refusal.kind) {
    case "not_found":
      return notFound();
    case "forbidden":
      return forbidden();
    case "conflict":
    case "round_open":
      return conflict("standards:error.conflict");
    case "not_open":
      return conflict("standards:error.not_open");
    case "no_reason":
      return unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { reason: "standards:error.no_reason" },
      });
    case "reasons":
      return unprocessable("unprocessable", {
        params: { count: refusal.codes.length },
        fields: Object.fromEntries(
          refusal.codes.map((code) => [
            fieldsOf(code).remark,
            refusal.unproven.includes(code) ? "standards:error.unproven" : "standards:error.reason",
          ]),
        ),
      });
  }
}
