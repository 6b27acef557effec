import { createMongoAbility, type ForcedSubject, type MongoAbility, subject } from "@casl/ability";
import type { Actor } from "@muster/domain/actor";
import { type StationPath, subtreeEnd } from "@muster/domain/station";

/**
 * What a rule may ask about a subject. Station numbers are unique over all cities, so one never means two
 * stations. The row-level policies decide which rows exist at all; these rules decide what a role may do there.
 */
export interface SubjectFields {
  City: { id: number };
  /** `path` of the station itself; for one about to be created, a path below its parent. */
  Station: { id: number; path: StationPath };
  /** A role of a person at the station with this path. */
  Membership: { userId: string; path: StationPath };
  /** `reviewerId`: the station that decides on it, which after a move is not the one it was reported to. */
  MonthlyReport: { stationId: number; reviewerId: number };
  /** A month of the stations that report to `stationId`, with that station's own. */
  Month: { stationId: number };
  Dashboard: Record<never, never>;
  Catalogue: Record<never, never>;
  AuditLog: Record<never, never>;
  ApiToken: { userId: string };
  Profile: { userId: string };
  Remark: { stationId: number };
  /** The staff register of a station: roster, posts, leading group, liaison officers, trainings. */
  Staff: { stationId: number };
  /** `reviewerId`: the station's parent, which checks what the station says of itself. */
  Assessment: { stationId: number; reviewerId: number };
  /** An inspection that `stationId` runs. */
  Inspection: { stationId: number };
  /** Something found at this station, which stands at `path`; `inspectorId`: the station that judges its answer. */
  Finding: { stationId: number; path: StationPath; inspectorId: number };
  /** A reminder to a station about a month it owes. */
  Reminder: { stationId: number; reviewerId: number };
  /** Evidence of a subject at this station, which stands at `path`. */
  Evidence: { stationId: number; path: StationPath };
  /** A record of the archive at this station, which stands at `path`. */
  Person: { stationId: number; path: StationPath };
  /** The register of visits of this station, which stands at `path`: visits, notices, duties and plans. */
  Visit: { stationId: number; path: StationPath };
  /** A case of assistance at this station, which stands at `path`; which step whose it is, domain's table says. */
  Assistance: { stationId: number; path: StationPath };
  /** A request for somebody of another station's archive, which this station decides. */
  Transfer: { stationId: number; path: StationPath };
  /** An entry of this station's counter log, which stands at `path`. */
  Reception: { stationId: number; path: StationPath };
  /** An answer that this station publishes to the whole city. */
  Knowledge: { stationId: number };
  /** A petition that this station handles, which stands at `path`. */
  Petition: { stationId: number; path: StationPath };
}

export const SUBJECTS = [
  "City",
  "Station",
  "Membership",
  "MonthlyReport",
  "Month",
  "Dashboard",
  "Catalogue",
  "AuditLog",
  "ApiToken",
  "Profile",
  "Remark",
  "Reminder",
  "Staff",
  "Assessment",
  "Evidence",
  "Inspection",
  "Finding",
  "Person",
  "Transfer",
  "Visit",
  "Assistance",
  "Reception",
  "Knowledge",
  "Petition",
] as const satisfies readonly (keyof SubjectFields)[];
export type SubjectName = keyof SubjectFields;

export const ACTIONS = [
  "read",
  "create",
  "update",
  /** Rename, close, reopen, move, merge. */
  "manage_structure",
  /** Take out of sight; nothing is deleted. */
  "remove",
  "invite",
  "deactivate",
  "fill",
  "submit",
  "return",
  "accept",
  /** Spot-check an assessment that the parent has checked. */
  "inspect",
  "amend",
  "cancel",
  "sign_off",
  "withdraw_sign_off",
  "lock",
  "unlock",
  /** Look at masked data, for a purpose that is written down. */
  "reveal",
  "remark",
  "remind",
  "export",
  "import",
] as const;
export type Action = (typeof ACTIONS)[number];

type Tagged = { [S in SubjectName]: SubjectFields[S] & ForcedSubject<S> }[SubjectName];
export type AppAbility = MongoAbility<[Action, SubjectName | Tagged]>;

type Condition = string | number | { $gt: string; $lt: string };

/** One thing a role may do, or, with `inverted`, may not do although another rule grants it. */
export interface AppRule {
  action: Action[];
  subject: SubjectName[];
  conditions?: Record<string, Condition>;
  inverted?: boolean;
}

/** The ability of a person in the one membership that is active. Unknown roles may do nothing. */
export function abilityFor(actor: Actor): AppAbility {
  return createMongoAbility<AppAbility>(rulesFor(actor));
}

/**
 * Whether an action is allowed on one thing. Always ask this way about something with an owner: CASL's own
 * question about a type alone is answered yes as soon as any instance would do.
 * Throws TypeError when a field of the instance is undefined, because a forgotten field must not decide.
 */
export function may<S extends SubjectName>(
  ability: AppAbility,
  action: Action,
  name: S,
  ...instance: keyof SubjectFields[S] extends never ? [] : [SubjectFields[S]]
): boolean {
  const fields: Record<string, unknown> = { ...instance[0] };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) throw new TypeError(`${name}.${field} is not known`);
  }
  return ability.can(action, subject(name, fields) as unknown as Tagged);
}

/**
 * Whether an action is allowed on something of this type at all: for menus, and for routes that then look at
 * the row. Never enough to act on a row.
 */
export function mayAny(ability: AppAbility, action: Action, name: SubjectName): boolean {
  return ability.can(action, name);
}

/** The rules of a person, in the order in which they were granted; a later one wins. */
export function rulesFor(actor: Actor): AppRule[] {
  switch (actor.role) {
    case "operator":
      return operator(actor);
    case "city_admin":
      return cityAdmin(actor);
    case "city_overseer":
      return cityOverseer(actor);
    case "city_auditor":
      return cityAuditor(actor);
    case "head":
      return head(actor);
    case "clerk":
      return clerk(actor);
    case "village_head":
      return villageHead(actor);
    case "village_liaison":
      return villageLiaison(actor);
    default:
      return [];
  }
}

/** Platform operator: makes cities and sees no tenant's data, hence no token that could read any either. */
function operator(actor: Actor): AppRule[] {
  return [can("read", "City"), can("create", "City"), ownProfile(actor)];
}

/**
 * City administrator: stations, people and catalogue of the whole city; reviews the stations that report to
 * the city itself; locks and unlocks months. The city files no report: nobody could review it.
 */
function cityAdmin(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    can(["read", "export"], "AuditLog"),
    can(["read", "update"], "City", { id: actor.cityId }),
    can(["create", "update", "manage_structure", "import", "export"], "Station"),
    can(["invite", "deactivate", "export"], "Membership"),
    notOneself(actor),
    can(["create", "update"], "Catalogue"),
    ...review(actor),
    can("inspect", "Assessment"),
    cannot("inspect", "Assessment", own(actor, "stationId")),
    can("cancel", "MonthlyReport"),
    can(["lock", "unlock"], "Month"),
    can("remark", "Remark"),
    can("remind", "Reminder"),
    can("update", "Staff"),
    can(["create", "remove"], "Evidence"),
    ...inspects(actor),
    can(["create", "remind"], "Finding"),
    cannot(["create", "remind"], "Finding", own(actor, "stationId")),
    can(["reveal", "export", "import"], "Person"),
    can("export", "Visit"),
    can("accept", "Transfer"),
    can(["read", "update", "export"], "Assistance"),
    ...counterHere(actor),
    ...answersBelow(actor),
    ...petitionsHere(actor),
    ...overseesPetitions(actor),
  ];
}

/** City overseer: reads everything of the city, the audit log too, and writes nothing but remarks. */
function cityOverseer(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    can("read", "City", { id: actor.cityId }),
    can("export", "Station"),
    can("read", "AuditLog"),
    can("remark", "Remark"),
    can(["read", "export"], "Assistance"),
    can("read", "Petition"),
  ];
}

/** City auditor: the audit log and the stations it speaks of; no figures. */
function cityAuditor(actor: Actor): AppRule[] {
  return [ownProfile(actor), ownTokens(actor), can("read", "Station"), can(["read", "export"], "AuditLog")];
}

/**
 * Head of a town, a district or a cadre home: files the station's own report, reviews those that report to it,
 * signs its month off, and manages the stations and people below it, never its own standing.
 */
function head(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    can("export", "Station"),
    ...filing(actor),
    ...review(actor),
    can("update", "Station", own(actor, "id")),
    can(["create", "update", "manage_structure"], "Station", below(actor)),
    can(["invite", "deactivate"], "Membership", below(actor)),
    notOneself(actor),
    can("remark", "Remark"),
    can("remind", "Reminder", own(actor, "reviewerId")),
    can("update", "Staff", own(actor, "stationId")),
    ...evidenceHereAndBelow(actor),
    can("submit", "Finding", own(actor, "stationId")),
    ...inspects(actor),
    can(["create", "remind"], "Finding", below(actor)),
    ...archiveHere(actor),
    ...archiveBelow(actor),
    ...casesHere(actor),
    ...casesBelow(actor),
    ...counterHere(actor),
    ...answersBelow(actor),
    ...petitionsHere(actor),
    ...overseesPetitions(actor),
  ];
}

/**
 * Clerk of a town, a district or a cadre home: prepares. Fills the own report, keeps the station facts, returns
 * what is wrong and reminds, goes on inspections and records what is found; submitting, accepting, signing off and
 * closing findings stay with the head.
 */
function clerk(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    can("export", "Station"),
    can("fill", ["MonthlyReport", "Assessment"], own(actor, "stationId")),
    can("return", ["MonthlyReport", "Assessment"], own(actor, "reviewerId")),
    can("update", "Station", own(actor, "id")),
    can("update", "Station", below(actor)),
    can("remark", "Remark"),
    can("remind", "Reminder", own(actor, "reviewerId")),
    can("update", "Staff", own(actor, "stationId")),
    ...evidenceHereAndBelow(actor),
    can("fill", "Inspection", own(actor, "stationId")),
    can(["create", "remind"], "Finding", below(actor)),
    ...archiveHere(actor),
    ...archiveBelow(actor),
    ...casesHere(actor),
    ...casesBelow(actor),
    ...counterHere(actor),
    ...answersBelow(actor),
    ...preparesPetitions(actor),
    can("remind", "Petition", below(actor)),
  ];
}

/** Head of a village station or a service point: files the own report and keeps the station's facts. */
function villageHead(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    ...filing(actor),
    can("update", "Station", own(actor, "id")),
    can("update", "Staff", own(actor, "stationId")),
    can(["create", "remove"], "Evidence", own(actor, "stationId")),
    can("submit", "Finding", own(actor, "stationId")),
    ...archiveHere(actor),
    ...casesHere(actor),
    ...counterHere(actor),
    ...petitionsHere(actor),
  ];
}

/** Liaison of a village station: registers and prepares the own report, and does not submit it. */
function villageLiaison(actor: Actor): AppRule[] {
  return [
    ownProfile(actor),
    ownTokens(actor),
    ...readsOfFigures(),
    can("fill", ["MonthlyReport", "Assessment"], own(actor, "stationId")),
    can(["create", "remove"], "Evidence", own(actor, "stationId")),
    ...archiveHere(actor),
    ...counterHere(actor),
  ];
}

/** What everyone who works with figures reads; which rows that are, the row-level policies decide. */
function readsOfFigures(): AppRule[] {
  return [
    can("read", [
      "Station",
      "Membership",
      "MonthlyReport",
      "Month",
      "Dashboard",
      "Catalogue",
      "Remark",
      "Reminder",
      "Staff",
      "Assessment",
      "Evidence",
      "Inspection",
      "Finding",
      "Person",
      "Visit",
      "Reception",
      "Knowledge",
    ]),
    can("export", ["MonthlyReport", "Dashboard", "Staff", "Finding"]),
  ];
}

/** All steps of the own report, and of what the station says of itself. */
function filing(actor: Actor): AppRule[] {
  return [
    can(["fill", "submit", "amend", "cancel"], "MonthlyReport", own(actor, "stationId")),
    can(["fill", "submit"], "Assessment", own(actor, "stationId")),
  ];
}

/** Review of the reports this station decides on, and the sign-off of its month. Nobody reviews their own. */
function review(actor: Actor): AppRule[] {
  return [
    can(["return", "accept", "amend"], "MonthlyReport", own(actor, "reviewerId")),
    cannot(["return", "accept"], "MonthlyReport", own(actor, "stationId")),
    can(["return", "accept"], "Assessment", own(actor, "reviewerId")),
    cannot(["return", "accept"], "Assessment", own(actor, "stationId")),
    can(["sign_off", "withdraw_sign_off"], "Month", own(actor, "stationId")),
  ];
}

/** Runs inspections, and judges what is answered to them. Nobody judges their own station. */
function inspects(actor: Actor): AppRule[] {
  return [
    can(["create", "update", "fill"], "Inspection", own(actor, "stationId")),
    can(["accept", "return", "amend", "remove"], "Finding", own(actor, "inspectorId")),
    cannot(["accept", "return", "amend", "remove"], "Finding", own(actor, "stationId")),
  ];
}

/** Evidence of the own station and of those below it, which a town photographs when it inspects. */
function evidenceHereAndBelow(actor: Actor): AppRule[] {
  return [
    can(["create", "remove"], "Evidence", own(actor, "stationId")),
    can(["create", "remove"], "Evidence", below(actor)),
  ];
}

/**
 * The archive of the own station is kept by whoever works there, and so is the register of its visits; whoever keeps it
 * may look behind the masks.
 */
function archiveHere(actor: Actor): AppRule[] {
  return [
    can(["reveal", "export"], "Person"),
    can(["create", "update", "import"], "Person", own(actor, "stationId")),
    can("export", "Visit"),
    can(["create", "update"], "Visit", own(actor, "stationId")),
  ];
}

/**
 * A town brings the first lists of its villages in and decides between them; their archives are theirs to keep. Whom its
 * people visit in a village is entered there, where the person stands.
 */
function archiveBelow(actor: Actor): AppRule[] {
  return [
    can("import", "Person", below(actor)),
    can("accept", "Transfer", own(actor, "stationId")),
    can("accept", "Transfer", below(actor)),
    can(["create", "update"], "Visit", below(actor)),
  ];
}

/** Cases of the own station. Liaisons log visits and see no case. */
function casesHere(actor: Actor): AppRule[] {
  return [
    can(["read", "export"], "Assistance"),
    can(["create", "update"], "Assistance", own(actor, "stationId")),
  ];
}

/** A town helps its villages to apply, and takes the steps that are its own. */
function casesBelow(actor: Actor): AppRule[] {
  return [can(["create", "update"], "Assistance", below(actor))];
}

/** The counter log of the own station, kept by whoever stands at the counter. */
function counterHere(actor: Actor): AppRule[] {
  return [
    can(["reveal", "export"], "Reception"),
    can(["create", "update"], "Reception", own(actor, "stationId")),
  ];
}

/** Answers what stations below ask, and publishes answers to the city. */
function answersBelow(actor: Actor): AppRule[] {
  return [
    can("accept", "Reception", below(actor)),
    can(["create", "remove"], "Knowledge", own(actor, "stationId")),
  ];
}

/** Registers petitions of the own station and prepares what the head decides. */
function preparesPetitions(actor: Actor): AppRule[] {
  return [
    can(["read", "reveal", "export"], "Petition"),
    can(["create", "update"], "Petition", own(actor, "stationId")),
  ];
}

/** Decides on the petitions of the own station as well. */
function petitionsHere(actor: Actor): AppRule[] {
  return [...preparesPetitions(actor), can("accept", "Petition", own(actor, "stationId"))];
}

/** Reviews what stations below replied, grants them more time, and urges what is late. */
function overseesPetitions(actor: Actor): AppRule[] {
  return [can(["accept", "remind"], "Petition", below(actor))];
}

function ownProfile(actor: Actor): AppRule {
  return can(["read", "update"], "Profile", where({ userId: actor.userId }));
}

function ownTokens(actor: Actor): AppRule {
  return can(["read", "create", "deactivate"], "ApiToken", where({ userId: actor.userId }));
}

/** Nobody ends their own role: the last administrator would lock the city out. */
function notOneself(actor: Actor): AppRule {
  return cannot("deactivate", "Membership", where({ userId: actor.userId }));
}

/** The field holds the number of the actor's own station. */
function own(actor: Actor, field: "id" | "stationId" | "reviewerId" | "inspectorId") {
  return where({ [field]: actor.stationId });
}

/** Stations below the actor's own, itself excluded; the bounds of the row-level policies. */
function below(actor: Actor) {
  const { path } = where({ path: actor.path });
  return where({ path: { $gt: path, $lt: subtreeEnd(path) } });
}

/**
 * Conditions whose values are all known. An undefined one would match every subject that lacks the field,
 * so a half-made actor must fail here and not open a door.
 */
function where<C extends Record<string, Condition>>(conditions: C): C {
  for (const [field, value] of Object.entries(conditions)) {
    if (value === undefined || value === null || value === "" || Number.isNaN(value))
      throw new TypeError(`the actor has no ${field}`);
  }
  return conditions;
}

function can(
  action: Action | Action[],
  name: SubjectName | SubjectName[],
  conditions?: Record<string, Condition>,
): AppRule {
  const rule = { action: [action].flat(), subject: [name].flat() };
  return conditions ? { ...rule, conditions } : rule;
}

function cannot(
  action: Action | Action[],
  name: SubjectName,
  conditions: Record<string, Condition>,
): AppRule {
  return { ...can(action, name, conditions), inverted: true };
}
