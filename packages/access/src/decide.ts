import type { Actor, Role } from "@muster/domain/actor";
import { rolesAt } from "@muster/domain/actor";
import {
  type AssessmentAction,
  type AssessmentState,
  type AssessmentStep,
  assessmentSides,
  assessmentStep,
} from "@muster/domain/assessment";
import {
  type FindingAction,
  type FindingState,
  type FindingStep,
  findingSides,
  findingStep,
  judgesOwnAnswer,
} from "@muster/domain/inspection";
import { type Lock, lockOf, type MonthState } from "@muster/domain/lock";
import type { LocalDate, Period } from "@muster/domain/period";
import {
  decidesOwnRequest,
  type PetitionAction,
  type PetitionState,
  type PetitionStep,
  petitionSides,
  petitionStep,
} from "@muster/domain/petition";
import {
  type ReceptionAction,
  type ReceptionState,
  type ReceptionStep,
  receptionSide,
  receptionStep,
} from "@muster/domain/reception";
import { childPath, type Kind, type Level, type StationPath } from "@muster/domain/station";
import {
  allowedTransition,
  REPORT_ACTIONS,
  type ReportAction,
  type Status,
  sidesOf,
  type Transition,
} from "@muster/domain/workflow";
import { type Action, type AppAbility, may } from "./ability";

/** What a decision needs to know of one report. */
export interface ReportFacts {
  stationId: number;
  reviewerId: number;
  period: Period;
  status: Status;
}

/** `forbidden`: this person may never do it here. A lock: nobody may now, and the lock says why. */
export type Decision =
  | { allowed: true; step: Transition }
  | { allowed: false; forbidden: true; lock: null }
  | { allowed: false; forbidden: false; lock: Lock };

const FORBIDDEN: Decision = { allowed: false, forbidden: true, lock: null };

/** The right that a step of the workflow needs. `lock` belongs to the month and not to the report. */
const RIGHT: Record<Exclude<ReportAction, "lock">, Action> = {
  save: "fill",
  submit: "submit",
  return: "return",
  accept: "accept",
  amend: "amend",
  cancel: "cancel",
};

/**
 * Whether a person may take a step on a report today: their role's right, their side of the workflow, and the
 * locks, in this order, so that somebody without the right learns nothing about the report's state.
 * Computed on the server; the screens show its result, and the command asks again.
 */
export function mayTake(
  ability: AppAbility,
  actor: Actor,
  action: ReportAction,
  report: ReportFacts,
  month: MonthState,
  today: LocalDate,
): Decision {
  const { stationId, reviewerId } = report;
  const right =
    action === "lock"
      ? may(ability, "lock", "Month", { stationId })
      : may(ability, RIGHT[action], "MonthlyReport", { stationId, reviewerId });
  if (!right) return FORBIDDEN;

  const lock = lockOf(action, report.status, report.period, month, today);
  if (lock) return { allowed: false, forbidden: false, lock };
  const step = allowedTransition(action, report.status, sidesOf(actor, report));
  return step ? { allowed: true, step } : FORBIDDEN;
}

/** The decision on every step, for a screen that shows buttons and says why one is closed. */
export function stepsOn(
  ability: AppAbility,
  actor: Actor,
  report: ReportFacts,
  month: MonthState,
  today: LocalDate,
): Record<ReportAction, Decision> {
  const decided = REPORT_ACTIONS.map(
    (action) => [action, mayTake(ability, actor, action, report, month, today)] as const,
  );
  return Object.fromEntries(decided) as Record<ReportAction, Decision>;
}

/** The right that a step of an assessment needs; a clerk prepares a check, and the head decides. */
const ASSESSMENT_RIGHT: Record<AssessmentAction, Action> = {
  save: "fill",
  submit: "submit",
  return: "return",
  check_save: "return",
  check: "accept",
  spot_save: "inspect",
  spot_check: "inspect",
};

/**
 * The step a person may take on an assessment as it stands: their role's right and their side of the workflow. Null
 * when they may not, or not now. Nobody verifies their own station.
 */
export function mayAssess(
  ability: AppAbility,
  actor: Actor,
  action: AssessmentAction,
  assessed: { stationId: number; parentId: number | null; status: AssessmentState },
): AssessmentStep | null {
  const { stationId, parentId, status } = assessed;
  // A station without a parent has nobody to review it: 0 is no station's number.
  const reviewerId = parentId ?? 0;
  if (!may(ability, ASSESSMENT_RIGHT[action], "Assessment", { stationId, reviewerId })) return null;
  return assessmentStep(action, status, assessmentSides(actor, assessed));
}

/** The right that a step of a finding needs. */
export const FINDING_RIGHTS: Record<FindingAction, Action> = {
  answer: "submit",
  close: "accept",
  send_back: "return",
  extend: "amend",
  withdraw: "remove",
  urge: "remind",
};

/**
 * The step a person may take on a finding as it stands: their role's right, four eyes, and their side of the workflow.
 * Null when they may not, or not now.
 * @param serves whether they have a role at the station concerned, whatever seat they act from
 */
export function mayStepFinding(
  ability: AppAbility,
  actor: Actor,
  action: FindingAction,
  finding: {
    stationId: number;
    path: StationPath;
    inspectorId: number;
    state: FindingState;
    answeredById: string | null;
  },
  serves: boolean,
): FindingStep | null {
  const { stationId, path, inspectorId, state } = finding;
  if (!may(ability, FINDING_RIGHTS[action], "Finding", { stationId, path, inspectorId })) return null;
  if (judgesOwnAnswer(action, actor, finding)) return null;
  return findingStep(action, state, findingSides(actor, finding, serves));
}

/** The right that a step of the counter log needs. */
export const RECEPTION_RIGHTS: Record<ReceptionAction, Action> = {
  answer: "update",
  pass_up: "update",
  take_back: "update",
  reopen: "update",
  strike: "update",
  reply: "accept",
  pass_on: "accept",
};

/** The step a person may take on an entry as it stands; null when they may not, or not now. */
export function mayStepReception(
  ability: AppAbility,
  actor: Actor,
  action: ReceptionAction,
  entry: { stationId: number; path: StationPath; askedStationId: number | null; state: ReceptionState },
): ReceptionStep | null {
  const { stationId, path, state } = entry;
  if (!may(ability, RECEPTION_RIGHTS[action], "Reception", { stationId, path })) return null;
  return receptionStep(action, state, receptionSide(actor, entry));
}

/** The right that a step of a petition needs: a clerk prepares, the head decides. */
export const PETITION_RIGHTS: Record<PetitionAction, Action> = {
  accept: "accept",
  refer: "accept",
  refuse: "accept",
  reply: "accept",
  grant_time: "accept",
  deny_time: "accept",
  answer_review: "accept",
  answer_final: "accept",
  withdraw: "update",
  lead: "update",
  flag: "update",
  record: "update",
  ask_time: "update",
  follow_up: "update",
  ask_review: "update",
  ask_final: "update",
  archive: "update",
  urge: "remind",
};

/** The step a person may take on a petition as it stands; null when they may not, or not now. */
export function mayStepPetition(
  ability: AppAbility,
  actor: Actor,
  action: PetitionAction,
  petition: {
    stationId: number;
    path: StationPath;
    state: PetitionState;
    reviewerId: number;
    finalId: number;
    timeAskedDays: number | null;
    timeAskedById: string | null;
  },
): PetitionStep | null {
  const { stationId, path, state, timeAskedDays } = petition;
  if (!may(ability, PETITION_RIGHTS[action], "Petition", { stationId, path })) return null;
  if (decidesOwnRequest(action, actor, petition)) return null;
  // There is something to decide only once it was asked for, and nothing to ask while it waits.
  if ((action === "grant_time" || action === "deny_time") && timeAskedDays === null) return null;
  if (action === "ask_time" && timeAskedDays !== null) return null;
  return petitionStep(action, state, petitionSides(actor, petition));
}

/**
 * Whether a station may be moved below another: both the place it leaves and the place it goes to have to be
 * the mover's to arrange. A head moves within the own subtree, the city everywhere.
 */
export function mayMove(
  ability: AppAbility,
  station: { id: number; path: StationPath },
  newParent: { path: StationPath },
): boolean {
  const there = { id: station.id, path: childPath(newParent.path, station.id) };
  return may(ability, "manage_structure", "Station", station) && may(ability, "create", "Station", there);
}

/** Whether two stations may be merged: both have to be the merger's to arrange. */
export function mayMerge(
  ability: AppAbility,
  from: { id: number; path: StationPath },
  into: { id: number; path: StationPath },
): boolean {
  return [from, into].every(({ id, path }) => may(ability, "manage_structure", "Station", { id, path }));
}

/** The roles a person may give at a station; empty when they may invite nobody there. */
export function rolesToInvite(
  ability: AppAbility,
  station: { path: StationPath; level: Level; kind: Kind },
): Role[] {
  // The invited person has no account yet, so no account's number can be meant.
  const invited = { userId: "nobody yet", path: station.path };
  return may(ability, "invite", "Membership", invited) ? rolesAt(station.level, station.kind) : [];
}
