import { idNumberOf } from "@muster/db/testing/id-numbers";
import type { Page } from "@playwright/test";
import { month } from "./months";

/** The demo's stations are assessed for the year of the last closed month. */
const ASSESSED_YEAR = month(-1).slice(0, 4);

/** Numbers of the demo that addresses need. */
export interface Numbers {
  village: number;
  town: number;
  city: number;
  /** A role of somebody in Liuhe. */
  membership: string;
  auditEntry: string;
  /** A village whose month waits for review. */
  submitted: number;
  /** A document of the village in Liuhe. */
  evidence: string;
  /** Somebody of Liuhe's own staff, and a training it held. */
  staff: string;
  training: string;
  /** A finding in Liuhe, and one of the city that waits for its re-inspection. */
  finding: string;
  answered: string;
  /** Inspections of the city: one under way with a station it concerns, one concluded. */
  inspection: string;
  inspected: number;
  concluded: string;
  /** An entry of Liuhe's counter log, and a petition there that was answered. */
  reception: string;
  petition: string;
  /** Somebody in the archive of a village of Xinghe, whom the test registers. */
  person: string;
  /** A case of assistance for them. */
  assistance: string;
  /** One of the demo's that was refused. */
  refusedCase: string;
  /** A visit to them that the test enters, and a plan of their village. */
  visit: string;
  plan: string;
}

/** Reads them from the screens, as a person would find them. */
export async function numbersOf(as: (username: string) => Promise<Page>): Promise<Numbers> {
  const stationOf = async (username: string) => {
    const page = await as(username);
    const me = await (await page.request.get("/api/v1/me")).json();
    return { page, id: Number(me.active.station.id) };
  };
  const village = await stationOf("liuhe-01.head");
  const town = await stationOf("liuhe.head");
  const city = await stationOf("yunling.admin");
  await bringEvidence(village.page, plateOf(village.id));
  const linkOn = async (page: Page, path: string, pattern: RegExp) => {
    await page.goto(path);
    const links = await page
      .locator("main a")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    const found = links.map((href) => pattern.exec(href)?.[1]).find(Boolean);
    if (!found) throw new Error(`${path} links to nothing like ${pattern}`);
    return found;
  };
  const inspection = await linkOn(
    city.page,
    "/inspections?state=under_way",
    /^\/inspections\/([0-9a-f-]{36})/,
  );
  const keeper = await as("beigang-03.head");
  const person = await bringPerson(keeper);
  const visits = await bringVisits(keeper, person);
  return {
    ...visits,
    reception: await linkOn(town.page, "/reception", /^\/reception\/([0-9a-f-]{36})/),
    petition: await linkOn(
      city.page,
      `/petitions?state=archived&station=${town.id}`,
      /^\/petitions\/([0-9a-f-]{36})/,
    ),
    assistance: await bringCase(keeper, person),
    refusedCase: await linkOn(city.page, "/assistance?state=refused", /^\/assistance\/([0-9a-f-]{36})/),
    finding: await linkOn(town.page, "/findings?state=all", /^\/findings\/([0-9a-f-]{36})/),
    answered: await linkOn(city.page, "/findings?view=waiting", /^\/findings\/([0-9a-f-]{36})/),
    inspection,
    inspected: Number(
      await linkOn(city.page, `/inspections/${inspection}`, /^\/inspections\/[0-9a-f-]{36}\/stations\/(\d+)/),
    ),
    concluded: await linkOn(city.page, "/inspections?state=concluded", /^\/inspections\/([0-9a-f-]{36})/),
    village: village.id,
    town: town.id,
    city: city.id,
    membership: await linkOn(town.page, "/users", /^\/users\/([0-9a-f-]{36})/),
    auditEntry: await linkOn(city.page, "/audit", /^\/audit\/([0-9a-f-]{36})/),
    submitted: (await stationOf("liuhe-14.head")).id,
    evidence: await bringEvidence(village.page, `kind=station&id=${village.id}`),
    staff: await linkOn(town.page, `/stations/${town.id}/staff`, /\/staff\/([0-9a-f-]{36})/),
    person,
    training: await linkOn(
      town.page,
      `/stations/${town.id}/trainings?year=${month(-6).slice(0, 4)}`,
      /\/trainings\/([0-9a-f-]{36})/,
    ),
  };
}

/** The name plate in the assessment of a village, as evidence has it. */
const plateOf = (village: number) => `kind=assessment_item&id=${village}-${ASSESSED_YEAR}-1-O1`;

/** The smallest document there is, brought to a subject as its page does it. */
async function bringEvidence(page: Page, subject: string): Promise<string> {
  await page.goto("/");
  const answer = await page.request.post(`/evidence/send?${subject}`, {
    headers: { Accept: "application/json", Origin: new URL(page.url()).origin },
    multipart: {
      title: "成立文件",
      file: { name: "a.pdf", mimeType: "application/pdf", buffer: smallPdf() },
    },
  });
  return String((await answer.json()).id);
}

/** Takes somebody into the archive of a village as its page does it. */
async function bringPerson(page: Page): Promise<string> {
  await page.goto("/people/new");
  await page.fill("#name", "曾小明");
  await page.fill("#idNumber", idNumberOf("1946-05-01", "male", 7));
  await page.fill("#phone", "13900001111");
  await page.selectOption("#category", "31");
  await page.locator("main button[value=register]").click();
  await page.waitForURL(/\/people\/[0-9a-f-]{36}$/);
  return page.url().slice(-36);
}

/** Enters a visit with something to follow, notes an event, and plans the next festival, as the pages do it. */
async function bringVisits(page: Page, person: string): Promise<{ visit: string; plan: string }> {
  await page.goto(`/visits/people/${person}`);
  await page.locator("main input[name=event]").first().check();
  await page.locator("main button[value=note]").click();
  await page.goto(`/visits/new?person=${person}`);
  await page.locator("main summary").click();
  await page.fill("#followUp", "联系卫生院");
  await page.fill("#followOn", await page.inputValue("#heldOn"));
  await page.locator("main button[value=photo]").click();
  await page.waitForURL(/\/visits\/[0-9a-f-]{36}/);
  const visit = new URL(page.url()).pathname.slice(-36);
  await page.goto("/visits/plans");
  await page.locator("main form button").last().click();
  await page.waitForURL(/\/visits\/plans\/[0-9a-f-]{36}/);
  return { visit, plan: new URL(page.url()).pathname.slice(-36) };
}

/** Files an application for somebody as its page does it. */
async function bringCase(page: Page, person: string): Promise<string> {
  await page.goto(`/assistance/new?type=major_illness&person=${person}`);
  await page.fill("#reason", "大病住院，自付费用较高");
  await page.fill("#size", "2");
  await page.fill("#asked", "8000");
  for (const box of await page.locator("input[name=received]").all()) await box.check();
  await page.locator("main button[value=apply]").click();
  await page.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
  return page.url().slice(-36);
}

/** A PDF of one empty object and a right table of contents. */
export function smallPdf(): Buffer {
  const body = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
  const table = "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\n";
  return Buffer.from(`${body}${table}startxref\n${body.length}\n%%EOF\n`, "latin1");
}

/** Somebody at an address. */
export interface Visit {
  as: string | null;
  path: string;
}

/** Where to see each page of the build: a page that is missing here fails the tests of all pages. */
export const VISITS: Record<string, (n: Numbers) => Visit[]> = {
  "/": () => [
    { as: "liuhe-01.head", path: "/" },
    { as: "liuhe.head", path: "/" },
    { as: "yunling.admin", path: "/" },
  ],
  "/login": () => [{ as: null, path: "/login" }],
  "/invite/:token": () => [{ as: null, path: "/invite/nothing" }],
  "/*": () => [{ as: "liuhe.head", path: "/nothing/here" }],
  "/assessments": () => [
    { as: "liuhe.head", path: "/assessments" },
    { as: "yunling.admin", path: "/assessments" },
  ],
  "/audit": () => [{ as: "yunling.auditor", path: "/audit" }],
  "/audit/:entryId": (n) => [{ as: "yunling.admin", path: `/audit/${n.auditEntry}` }],
  // A platform operator's page: members of a city are refused, and the demo has no operator.
  "/cities": () => [{ as: "yunling.admin", path: "/cities" }],
  "/evidence": (n) => [
    { as: "liuhe-01.head", path: `/evidence?kind=station&id=${n.village}` },
    { as: "liuhe-01.head", path: `/evidence?${plateOf(n.village)}` },
    { as: "liuhe.head", path: "/evidence" },
  ],
  "/evidence/:evidenceId/edit": (n) => [{ as: "liuhe-01.head", path: `/evidence/${n.evidence}/edit` }],
  "/evidence/:evidenceId/remove": (n) => [{ as: "liuhe-01.head", path: `/evidence/${n.evidence}/remove` }],
  "/findings": (n) => [
    { as: "liuhe-01.head", path: "/findings" },
    { as: "liuhe.head", path: "/findings?view=waiting" },
    { as: "yunling.admin", path: `/findings?state=all&overdue=1&station=${n.city}` },
    { as: "yunling.admin", path: `/findings?figure=overdue&period=${month(-1)}` },
  ],
  "/findings/:findingId": (n) => [
    { as: "liuhe.head", path: `/findings/${n.finding}` },
    { as: "yunling.admin", path: `/findings/${n.answered}` },
    { as: "yunling.admin", path: `/findings/${n.finding}` },
  ],
  "/findings/new": (n) => [{ as: "liuhe.head", path: `/findings/new?station=${n.village}` }],
  "/inspections": () => [
    { as: "yunling.admin", path: "/inspections" },
    { as: "liuhe.head", path: "/inspections" },
    { as: "liuhe-01.head", path: "/inspections" },
  ],
  "/inspections/new": () => [
    { as: "yunling.admin", path: "/inspections/new" },
    { as: "liuhe.head", path: "/inspections/new" },
  ],
  "/inspections/:inspectionId": (n) => [
    { as: "yunling.admin", path: `/inspections/${n.inspection}` },
    { as: "yunling.admin", path: `/inspections/${n.concluded}` },
  ],
  "/inspections/:inspectionId/circular": (n) => [
    { as: "yunling.admin", path: `/inspections/${n.concluded}/circular` },
  ],
  "/inspections/:inspectionId/stations/:stationId": (n) => [
    { as: "yunling.admin", path: `/inspections/${n.inspection}/stations/${n.inspected}` },
  ],
  "/assistance": () => [
    { as: "beigang-03.head", path: "/assistance" },
    { as: "yunling.admin", path: "/assistance?stage=open&cols=number&cols=approved&cols=paidOn" },
    { as: "liuhe.head", path: `/assistance?figure=assistance.one_off&period=${month(-1)}` },
  ],
  "/assistance/new": (n) => [
    { as: "beigang-03.head", path: "/assistance/new" },
    { as: "beigang-03.head", path: "/assistance/new?type=one_off" },
    { as: "beigang-03.head", path: `/assistance/new?type=major_illness&person=${n.person}` },
  ],
  "/assistance/publicity": () => [{ as: "liuhe.head", path: "/assistance/publicity" }],
  "/assistance/checklists": () => [{ as: "liuhe-01.head", path: "/assistance/checklists" }],
  "/assistance/checklists/:type": () => [{ as: "liuhe-01.head", path: "/assistance/checklists/one_off" }],
  "/assistance/:caseId": (n) => [
    { as: "beigang-03.head", path: `/assistance/${n.assistance}` },
    { as: "xinghe.admin", path: `/assistance/${n.assistance}` },
  ],
  "/assistance/:caseId/refusal": (n) => [
    { as: "yunling.admin", path: `/assistance/${n.refusedCase}/refusal` },
  ],
  "/assistance/:caseId/checklist": (n) => [
    { as: "beigang-03.head", path: `/assistance/${n.assistance}/checklist` },
  ],
  "/dashboard": () => [
    { as: "yunling.overseer", path: "/dashboard" },
    { as: "liuhe-01.head", path: "/dashboard" },
  ],
  "/dashboard/assistance": () => [{ as: "yunling.admin", path: "/dashboard/assistance" }],
  "/dashboard/completeness": () => [
    { as: "yunling.admin", path: `/dashboard/completeness?from=${month(-11)}&to=${month()}` },
  ],
  "/dashboard/compliance": () => [
    { as: "yunling.admin", path: "/dashboard/compliance" },
    { as: "liuhe.head", path: "/dashboard/compliance" },
    { as: "liuhe-01.head", path: "/dashboard/compliance" },
  ],
  "/dashboard/figures": () => [{ as: "liuhe.head", path: "/dashboard/figures" }],
  "/dashboard/staffing": () => [
    { as: "yunling.admin", path: "/dashboard/staffing" },
    { as: "liuhe.head", path: "/dashboard/staffing" },
    { as: "liuhe-01.head", path: "/dashboard/staffing" },
  ],
  "/months": () => [
    { as: "liuhe-01.head", path: "/months" },
    { as: "liuhe.head", path: "/months" },
  ],
  "/months/:period": () => [{ as: "yunling.admin", path: `/months/${month(-1)}` }],
  "/people": () => [
    { as: "beigang-03.head", path: "/people" },
    { as: "beigang-03.head", path: "/people?age=from_80&cols=idNumber&cols=phone" },
    { as: "liuhe-01.head", path: "/people" },
    { as: "xinghe.admin", path: "/people" },
    { as: "yunling.overseer", path: `/people?figure=people.active&period=${month()}` },
  ],
  "/cards": () => [
    { as: "beigang-03.head", path: "/cards" },
    { as: "yunling.overseer", path: "/cards?standing=valid" },
  ],
  "/cards/new": (n) => [{ as: "beigang-03.head", path: `/cards/new?ids=${n.person}` }],
  "/cards/print": () => [{ as: "beigang-03.head", path: "/cards/print" }],
  "/cards/settings": () => [{ as: "beigang-03.head", path: "/cards/settings" }],
  "/people/:personId/cards": (n) => [{ as: "beigang-03.head", path: `/people/${n.person}/cards` }],
  "/people/new": () => [{ as: "beigang-03.head", path: "/people/new" }],
  "/people/import": () => [{ as: "beigang-03.head", path: "/people/import" }],
  "/people/transfers": () => [{ as: "xinghe.admin", path: "/people/transfers" }],
  "/people/:personId": (n) => [
    { as: "beigang-03.head", path: `/people/${n.person}` },
    { as: "xinghe.admin", path: `/people/${n.person}` },
  ],
  "/people/:personId/sheet": (n) => [{ as: "beigang-03.head", path: `/people/${n.person}/sheet` }],
  "/people/:personId/:part": (n) => [
    { as: "beigang-03.head", path: `/people/${n.person}/basics` },
    { as: "beigang-03.head", path: `/people/${n.person}/contact` },
    { as: "beigang-03.head", path: `/people/${n.person}/family` },
  ],
  "/visits": () => [
    { as: "beigang-03.head", path: "/visits" },
    { as: "liuhe-01.head", path: "/visits?occasion=festival" },
    { as: "liuhe.head", path: "/visits" },
    { as: "yunling.overseer", path: `/visits?figure=visits.made&period=${month(-1)}` },
  ],
  "/visits/new": (n) => [
    { as: "liuhe-01.head", path: "/visits/new" },
    { as: "beigang-03.head", path: `/visits/new?person=${n.person}&occasion=hospital` },
  ],
  "/visits/due": () => [
    { as: "beigang-03.head", path: "/visits/due" },
    { as: "liuhe-01.head", path: "/visits/due" },
    { as: "liuhe.head", path: "/visits/due" },
    { as: "yunling.admin", path: "/visits/due" },
  ],
  "/visits/:visitId": (n) => [
    { as: "beigang-03.head", path: `/visits/${n.visit}` },
    { as: "xinghe.admin", path: `/visits/${n.visit}` },
  ],
  "/visits/people/:personId": (n) => [{ as: "beigang-03.head", path: `/visits/people/${n.person}` }],
  "/visits/plans": () => [
    { as: "beigang-03.head", path: "/visits/plans" },
    { as: "xinghe.admin", path: "/visits/plans" },
  ],
  "/visits/plans/:planId": (n) => [
    { as: "beigang-03.head", path: `/visits/plans/${n.plan}` },
    { as: "xinghe.admin", path: `/visits/plans/${n.plan}` },
  ],
  "/settings/catalogue/contacts": () => [
    { as: "yunling.admin", path: "/settings/catalogue/contacts" },
    { as: "liuhe.head", path: "/settings/catalogue/contacts" },
  ],
  "/settings/catalogue/contacts/:code": () => [
    { as: "yunling.admin", path: "/settings/catalogue/contacts/R5" },
    { as: "yunling.admin", path: "/settings/catalogue/contacts/new" },
  ],
  "/petitions": () => [
    { as: "liuhe.head", path: "/petitions" },
    { as: "yunling.admin", path: "/petitions?state=running" },
    { as: "yunling.overseer", path: `/petitions?figure=petitions.open&period=${month(-1)}` },
    { as: "liuhe-01.head", path: "/petitions?mark=backlog" },
  ],
  "/petitions/new": () => [{ as: "liuhe-01.head", path: "/petitions/new" }],
  "/petitions/:petitionId": (n) => [
    { as: "liuhe.head", path: `/petitions/${n.petition}` },
    { as: "yunling.overseer", path: `/petitions/${n.petition}` },
  ],
  "/petitions/:petitionId/notices/:kind": (n) => [
    { as: "liuhe.head", path: `/petitions/${n.petition}/notices/acceptance` },
    { as: "liuhe.head", path: `/petitions/${n.petition}/notices/reply` },
  ],
  "/reception": () => [
    { as: "liuhe-01.head", path: "/reception" },
    { as: "liuhe.head", path: "/reception?state=open&cols=by&cols=answeredOn" },
    { as: "yunling.overseer", path: `/reception?figure=reception.walk_ins&period=${month(-1)}` },
  ],
  "/reception/new": () => [
    { as: "liuhe-01.head", path: "/reception/new" },
    { as: "yunling.admin", path: "/reception/new" },
  ],
  "/reception/knowledge": () => [
    { as: "liuhe-01.head", path: "/reception/knowledge" },
    { as: "liuhe.head", path: "/reception/knowledge?q=%E4%BC%98%E5%BE%85%E8%AF%81" },
  ],
  "/reception/:receptionId": (n) => [
    { as: "liuhe.head", path: `/reception/${n.reception}` },
    { as: "yunling.overseer", path: `/reception/${n.reception}` },
  ],
  "/review": () => [
    { as: "liuhe.head", path: "/review" },
    { as: "yunling.admin", path: "/review" },
  ],
  "/review/:stationId/:period": (n) => [{ as: "liuhe.clerk", path: `/review/${n.submitted}/${month()}` }],
  "/review/lock": () => [{ as: "yunling.admin", path: `/review/lock?period=${month()}` }],
  "/review/sign-off": () => [{ as: "liuhe.head", path: `/review/sign-off?period=${month()}` }],
  "/settings/catalogue": () => [{ as: "yunling.admin", path: "/settings/catalogue" }],
  "/settings/catalogue/checks": () => [{ as: "yunling.admin", path: "/settings/catalogue/checks" }],
  "/settings/catalogue/checks/:code": () => [{ as: "yunling.admin", path: "/settings/catalogue/checks/K16" }],
  "/settings/catalogue/checks/new": () => [{ as: "yunling.admin", path: "/settings/catalogue/checks/new" }],
  "/settings/catalogue/deadlines": () => [{ as: "yunling.admin", path: "/settings/catalogue/deadlines" }],
  "/settings/catalogue/petitions": () => [{ as: "yunling.admin", path: "/settings/catalogue/petitions" }],
  "/settings/catalogue/topics": () => [{ as: "yunling.admin", path: "/settings/catalogue/topics" }],
  "/settings/catalogue/staffing": () => [{ as: "yunling.admin", path: "/settings/catalogue/staffing" }],
  "/settings/catalogue/assistance": () => [
    { as: "yunling.admin", path: "/settings/catalogue/assistance" },
    { as: "liuhe-01.head", path: "/settings/catalogue/assistance" },
  ],
  "/settings/catalogue/assistance/:code": () => [
    { as: "yunling.admin", path: "/settings/catalogue/assistance/one_off" },
    { as: "yunling.admin", path: "/settings/catalogue/assistance/new" },
  ],
  "/settings/catalogue/assistance/budgets": () => [
    { as: "yunling.admin", path: "/settings/catalogue/assistance/budgets" },
  ],
  "/settings/catalogue/indicators/:code": () => [
    { as: "yunling.admin", path: "/settings/catalogue/indicators/C01" },
  ],
  "/settings/catalogue/indicators/new": () => [
    { as: "yunling.admin", path: "/settings/catalogue/indicators/new" },
  ],
  "/settings": () => [{ as: "liuhe.head", path: "/settings" }],
  "/settings/account": () => [{ as: "liuhe.head", path: "/settings/account" }],
  "/settings/display": () => [{ as: "liuhe-01.head", path: "/settings/display" }],
  "/settings/password": () => [{ as: "liuhe.head", path: "/settings/password" }],
  "/settings/sessions": () => [{ as: "liuhe.head", path: "/settings/sessions" }],
  "/settings/tokens": () => [{ as: "liuhe.head", path: "/settings/tokens" }],
  "/staff": () => [
    { as: "liuhe-01.head", path: "/staff" },
    { as: "liuhe.head", path: "/staff" },
  ],
  "/standards": () => [
    { as: "liuhe-01.head", path: "/standards" },
    { as: "yunling.admin", path: "/standards" },
  ],
  "/settings/standards": () => [{ as: "yunling.admin", path: "/settings/standards" }],
  "/settings/standards/:setNumber": () => [
    { as: "yunling.admin", path: "/settings/standards/2" },
    { as: "liuhe.head", path: "/settings/standards/1" },
  ],
  "/settings/standards/:setNumber/items/:code": () => [
    { as: "yunling.admin", path: "/settings/standards/2/items/G1" },
    { as: "yunling.admin", path: "/settings/standards/2/items/new" },
  ],
  "/settings/standards/compare": () => [
    { as: "yunling.admin", path: "/settings/standards/compare?from=1&to=2" },
  ],
  "/stations": () => [
    { as: "yunling.admin", path: "/stations" },
    { as: "liuhe-01.head", path: "/stations" },
  ],
  "/stations/import": () => [{ as: "yunling.admin", path: "/stations/import" }],
  "/stations/:stationId": (n) => [
    { as: "yunling.admin", path: `/stations/${n.town}` },
    { as: "liuhe-01.head", path: `/stations/${n.village}` },
  ],
  "/stations/:stationId/assessments": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/assessments` },
    { as: "liuhe.head", path: `/stations/${n.town}/assessments` },
  ],
  "/stations/:stationId/assessments/:year": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/assessments/${ASSESSED_YEAR}` },
    { as: "liuhe.head", path: `/stations/${n.submitted}/assessments/${ASSESSED_YEAR}` },
    { as: "yunling.admin", path: `/stations/${n.town}/assessments/${ASSESSED_YEAR}` },
  ],
  "/stations/:stationId/close": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/close` }],
  "/stations/:stationId/edit": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/edit` }],
  "/stations/:stationId/premises": (n) => [{ as: "liuhe-01.head", path: `/stations/${n.village}/premises` }],
  "/stations/:stationId/facts": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/facts` }],
  "/stations/:stationId/merge": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/merge` }],
  "/stations/:stationId/move": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/move` }],
  "/stations/:stationId/new": (n) => [{ as: "yunling.admin", path: `/stations/${n.town}/new` }],
  "/stations/:stationId/rename": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/rename` }],
  // Nothing of the demo is closed: the page says why there is nothing to reopen.
  "/stations/:stationId/reopen": (n) => [{ as: "yunling.admin", path: `/stations/${n.village}/reopen` }],
  "/stations/:stationId/staff": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/staff` },
    { as: "liuhe.head", path: `/stations/${n.town}/staff?below=1` },
  ],
  "/stations/:stationId/staff/import": (n) => [
    { as: "liuhe.head", path: `/stations/${n.town}/staff/import` },
  ],
  "/stations/:stationId/staff/new": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/staff/new` },
  ],
  "/stations/:stationId/staff/posts": (n) => [{ as: "liuhe.head", path: `/stations/${n.town}/staff/posts` }],
  "/stations/:stationId/staff/:staffId": (n) => [
    { as: "liuhe.head", path: `/stations/${n.town}/staff/${n.staff}` },
  ],
  "/stations/:stationId/staffing": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/staffing` },
    { as: "liuhe.head", path: `/stations/${n.town}/staffing?people=2600&staff=3` },
    { as: "yunling.admin", path: `/stations/${n.town}/staffing?people=2600&staff=3` },
  ],
  "/stations/:stationId/trainings": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/trainings` },
    { as: "liuhe.head", path: `/stations/${n.town}/trainings` },
  ],
  "/stations/:stationId/trainings/new": (n) => [
    { as: "liuhe.head", path: `/stations/${n.town}/trainings/new` },
  ],
  "/stations/:stationId/trainings/:trainingId": (n) => [
    { as: "liuhe.head", path: `/stations/${n.town}/trainings/${n.training}` },
  ],
  "/stations/:stationId/months/:period": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/months/${month()}` },
    { as: "liuhe.head", path: `/stations/${n.village}/months/${month(-1)}` },
  ],
  "/stations/:stationId/months/:period/amend": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/months/${month(-1)}/amend` },
  ],
  "/stations/:stationId/months/:period/history": (n) => [
    { as: "liuhe.head", path: `/stations/${n.village}/months/${month(-1)}/history` },
  ],
  "/stations/:stationId/months/:period/print": (n) => [
    { as: "liuhe.head", path: `/stations/${n.village}/months/${month(-1)}/print` },
  ],
  "/stations/:stationId/months/:period/submit": (n) => [
    { as: "liuhe-01.head", path: `/stations/${n.village}/months/${month()}/submit` },
    { as: "liuhe-01.head", path: `/stations/${n.village}/months/${month()}/submit?nil=1` },
  ],
  "/users": () => [{ as: "liuhe.head", path: "/users" }],
  "/users/:membershipId": (n) => [{ as: "liuhe.head", path: `/users/${n.membership}` }],
  "/users/invitations": () => [{ as: "liuhe.head", path: "/users/invitations" }],
  "/users/invite": (n) => [
    { as: "liuhe.head", path: "/users/invite" },
    { as: "liuhe.head", path: `/users/invite?station=${n.village}` },
  ],
};
