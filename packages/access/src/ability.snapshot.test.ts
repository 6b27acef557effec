import { ROLES, type Role } from "@muster/domain/actor";
import { describe, expect, it } from "vitest";
import { type AppRule, rulesFor } from "./ability";
import { ACTORS } from "./actors.fixture";

/** One line per rule, so that a review sees what a change opens. */
function line({ action, subject, conditions, inverted }: AppRule): string {
  const where = Object.entries(conditions ?? {}).map(([field, value]) => `${field} ${phrase(value)}`);
  const rule = `${inverted ? "never " : ""}${action.join(", ")}: ${subject.join(", ")}`;
  return where.length === 0 ? rule : `${rule} where ${where.join(" and ")}`;
}

function phrase(value: string | number | { $gt: string }): string {
  return typeof value === "object" ? `below ${value.$gt}` : `= ${value}`;
}

function rules(role: Role): string {
  return rulesFor(ACTORS[role]).map(line).join("\n");
}

describe("the full rule list", () => {
  it("covers every role", () => {
    expect(ROLES.filter((role) => rules(role) === "")).toEqual([]);
  });

  it("of the platform operator", () => {
    expect(rules("operator")).toMatchInlineSnapshot(`
      "read: City
      create: City
      read, update: Profile where userId = user-operator"
    `);
  });

  it("of the city administrator", () => {
    expect(rules("city_admin")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-city_admin
      read, create, deactivate: ApiToken where userId = user-city_admin
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      read, export: AuditLog
      read, update: City where id = 11
      create, update, manage_structure, import, export: Station
      invite, deactivate, export: Membership
      never deactivate: Membership where userId = user-city_admin
      create, update: Catalogue
      return, accept, amend: MonthlyReport where reviewerId = 1
      never return, accept: MonthlyReport where stationId = 1
      return, accept: Assessment where reviewerId = 1
      never return, accept: Assessment where stationId = 1
      sign_off, withdraw_sign_off: Month where stationId = 1
      inspect: Assessment
      never inspect: Assessment where stationId = 1
      cancel: MonthlyReport
      lock, unlock: Month
      remark: Remark
      remind: Reminder
      update: Staff
      create, remove: Evidence
      create, update, fill: Inspection where stationId = 1
      accept, return, amend, remove: Finding where inspectorId = 1
      never accept, return, amend, remove: Finding where stationId = 1
      create, remind: Finding
      never create, remind: Finding where stationId = 1
      reveal, export, import: Person
      export: Visit
      accept: Transfer
      read, update, export: Assistance
      reveal, export: Reception
      create, update: Reception where stationId = 1
      accept: Reception where path below /
      create, remove: Knowledge where stationId = 1
      read, reveal, export: Petition
      create, update: Petition where stationId = 1
      accept: Petition where stationId = 1
      accept, remind: Petition where path below /"
    `);
  });

  it("of the city overseer", () => {
    expect(rules("city_overseer")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-city_overseer
      read, create, deactivate: ApiToken where userId = user-city_overseer
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      read: City where id = 11
      export: Station
      read: AuditLog
      remark: Remark
      read, export: Assistance
      read: Petition"
    `);
  });

  it("of the city auditor", () => {
    expect(rules("city_auditor")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-city_auditor
      read, create, deactivate: ApiToken where userId = user-city_auditor
      read: Station
      read, export: AuditLog"
    `);
  });

  it("of the head", () => {
    expect(rules("head")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-head
      read, create, deactivate: ApiToken where userId = user-head
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      export: Station
      fill, submit, amend, cancel: MonthlyReport where stationId = 7
      fill, submit: Assessment where stationId = 7
      return, accept, amend: MonthlyReport where reviewerId = 7
      never return, accept: MonthlyReport where stationId = 7
      return, accept: Assessment where reviewerId = 7
      never return, accept: Assessment where stationId = 7
      sign_off, withdraw_sign_off: Month where stationId = 7
      update: Station where id = 7
      create, update, manage_structure: Station where path below /7/
      invite, deactivate: Membership where path below /7/
      never deactivate: Membership where userId = user-head
      remark: Remark
      remind: Reminder where reviewerId = 7
      update: Staff where stationId = 7
      create, remove: Evidence where stationId = 7
      create, remove: Evidence where path below /7/
      submit: Finding where stationId = 7
      create, update, fill: Inspection where stationId = 7
      accept, return, amend, remove: Finding where inspectorId = 7
      never accept, return, amend, remove: Finding where stationId = 7
      create, remind: Finding where path below /7/
      reveal, export: Person
      create, update, import: Person where stationId = 7
      export: Visit
      create, update: Visit where stationId = 7
      import: Person where path below /7/
      accept: Transfer where stationId = 7
      accept: Transfer where path below /7/
      create, update: Visit where path below /7/
      read, export: Assistance
      create, update: Assistance where stationId = 7
      create, update: Assistance where path below /7/
      reveal, export: Reception
      create, update: Reception where stationId = 7
      accept: Reception where path below /7/
      create, remove: Knowledge where stationId = 7
      read, reveal, export: Petition
      create, update: Petition where stationId = 7
      accept: Petition where stationId = 7
      accept, remind: Petition where path below /7/"
    `);
  });

  it("of the clerk", () => {
    expect(rules("clerk")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-clerk
      read, create, deactivate: ApiToken where userId = user-clerk
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      export: Station
      fill: MonthlyReport, Assessment where stationId = 7
      return: MonthlyReport, Assessment where reviewerId = 7
      update: Station where id = 7
      update: Station where path below /7/
      remark: Remark
      remind: Reminder where reviewerId = 7
      update: Staff where stationId = 7
      create, remove: Evidence where stationId = 7
      create, remove: Evidence where path below /7/
      fill: Inspection where stationId = 7
      create, remind: Finding where path below /7/
      reveal, export: Person
      create, update, import: Person where stationId = 7
      export: Visit
      create, update: Visit where stationId = 7
      import: Person where path below /7/
      accept: Transfer where stationId = 7
      accept: Transfer where path below /7/
      create, update: Visit where path below /7/
      read, export: Assistance
      create, update: Assistance where stationId = 7
      create, update: Assistance where path below /7/
      reveal, export: Reception
      create, update: Reception where stationId = 7
      accept: Reception where path below /7/
      create, remove: Knowledge where stationId = 7
      read, reveal, export: Petition
      create, update: Petition where stationId = 7
      remind: Petition where path below /7/"
    `);
  });

  it("of the village head", () => {
    expect(rules("village_head")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-village_head
      read, create, deactivate: ApiToken where userId = user-village_head
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      fill, submit, amend, cancel: MonthlyReport where stationId = 71
      fill, submit: Assessment where stationId = 71
      update: Station where id = 71
      update: Staff where stationId = 71
      create, remove: Evidence where stationId = 71
      submit: Finding where stationId = 71
      reveal, export: Person
      create, update, import: Person where stationId = 71
      export: Visit
      create, update: Visit where stationId = 71
      read, export: Assistance
      create, update: Assistance where stationId = 71
      reveal, export: Reception
      create, update: Reception where stationId = 71
      read, reveal, export: Petition
      create, update: Petition where stationId = 71
      accept: Petition where stationId = 71"
    `);
  });

  it("of the village liaison", () => {
    expect(rules("village_liaison")).toMatchInlineSnapshot(`
      "read, update: Profile where userId = user-village_liaison
      read, create, deactivate: ApiToken where userId = user-village_liaison
      read: Station, Membership, MonthlyReport, Month, Dashboard, Catalogue, Remark, Reminder, Staff, Assessment, Evidence, Inspection, Finding, Person, Visit, Reception, Knowledge
      export: MonthlyReport, Dashboard, Staff, Finding
      fill: MonthlyReport, Assessment where stationId = 71
      create, remove: Evidence where stationId = 71
      reveal, export: Person
      create, update, import: Person where stationId = 71
      export: Visit
      create, update: Visit where stationId = 71
      reveal, export: Reception
      create, update: Reception where stationId = 71"
    `);
  });
});
