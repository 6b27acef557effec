import type { RenamePlan } from "@muster/db/queries/stations/edit";
import type { StationOutcome } from "@muster/db/queries/stations/outcome";
import type { StationRow } from "@muster/db/queries/stations/row";
import type { StructurePlan } from "@muster/db/queries/stations/structure";
import { type LocalDate, localDate } from "@muster/domain/period";
import type { z } from "zod";
import { formatDate } from "~/i18n/format";
import type { Tx } from "~/server/database.server";
import type { ReadScope } from "~/server/prepare.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { admitted } from "./access.server";
import type { StationChoice } from "./change-fields";
import type { ChangeKind } from "./change-page";
import type { Preview } from "./change-screen";
import { type Effects, effectsOf, renameEffectsOf } from "./effects";
import { StationParams } from "./forms";
import { settled } from "./refusal.server";

/** What the routes of all reorganisations say of themselves. */
const route = {
  authorization: { action: "manage_structure", subject: "Station" },
  params: StationParams,
} as const;

/** Every reorganisation is dated, and made on the version that was looked at. */
interface Entered {
  on: LocalDate;
  version: number;
}

type Target<F> = F & { stationId: number };
type Context<F> = WriteContext<typeof route.authorization, { stationId: number }, Record<never, never>, F>;

/** The loader of a reorganisation's page; `choicesOf` names the stations it may lead to. */
export function changeLoader(
  choicesOf: (tx: Tx, station: StationRow) => Promise<StationChoice[]> = async () => [],
) {
  return read(route, ({ scoped, params, now, demand }) =>
    scoped(async (tx) => {
      const station = await admitted(tx, params.stationId, { demand }, "manage_structure");
      const { id, name, version } = station;
      const choices = await choicesOf(tx, station);
      return {
        station: { id, name, version },
        today: localDate(now),
        choices: choices.map(({ id, name, ancestors }) => ({ id, name, ancestors })),
      };
    }),
  );
}

/** A reorganisation: what is entered, what that would change, and the command that does exactly this. */
interface Change<F, Plan> {
  form: z.ZodType<F>;
  /** Says what would change, or why it cannot be; writes nothing. */
  preview: (tx: Tx, input: Target<F>) => Promise<StationOutcome<Plan>>;
  command: (tx: Tx, input: Target<F>) => Promise<StationOutcome<Plan>>;
}

/** A plan in words: what it changes, and the names in its sentences. */
type Telling<F, Plan> = (plan: Plan, form: F) => { effects: Effects; from: string; to: string };

/** The action of closing, reopening, moving or merging: a preview, and its confirmation. */
export function structureAction<F extends Entered>(
  kind: Exclude<ChangeKind, "rename">,
  change: Change<F, StructurePlan>,
) {
  return changeAction(kind, change, (plan) => ({
    effects: effectsOf(plan),
    from: plan.station.ancestors.at(-1)?.name ?? "",
    to: plan.target?.name ?? "",
  }));
}

/** The action of renaming: the same two steps; it leaves every report where it is. */
export function renameAction<F extends Entered & { name: string }>(change: Change<F, RenamePlan>) {
  return changeAction("rename", change, (plan, { name }) => ({
    effects: renameEffectsOf(plan),
    from: "",
    to: name,
  }));
}

function changeAction<F extends Entered, Plan extends { station: StationRow }>(
  kind: ChangeKind,
  { form, preview, command }: Change<F, Plan>,
  tell: Telling<F, Plan>,
) {
  /** Carries one of the two steps out, for those who may arrange this station. */
  async function taken({ params, form, locale, demand }: Context<F>, scope: ReadScope, step: typeof preview) {
    const { stationId } = params;
    const outcome = await scope(async (tx) => {
      await admitted(tx, stationId, { demand }, "manage_structure");
      return step(tx, { ...form, stationId });
    });
    const plan = settled(outcome, locale, Object.keys(form));
    const { effects, from, to } = tell(plan, form);
    return { id: plan.station.id, effects, names: { name: plan.station.name, from, to } };
  }
  return write({
    ...route,
    intents: {
      preview: {
        form,
        run: async (context: Context<F>): Promise<Preview> => {
          const { effects, names } = await taken(context, context.scoped, preview);
          const entered = Object.entries(context.form).map(([name, value]) => [name, String(value)]);
          const on = formatDate(context.form.on, context.locale);
          const lead = context.t(`stations:change.lead.${kind}`, { on, ...names });
          return { ok: true, entered: Object.fromEntries(entered), lead, effects };
        },
      },
      confirm: {
        form,
        run: async (context: Context<F>) => {
          const { id, names } = await taken(context, context.scoped.write, command);
          return context.done(`/stations/${id}`, `stations:change.done.${kind}`, names);
        },
      },
    },
  });
}
