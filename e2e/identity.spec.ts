import { expect, open, test } from "./support/test";

test.use({ story: "identity", look: { language: "en" } });

const PASSWORD = "muster-demo";

test("a demo account signs in with name and password, is told when it is wrong, and signs out", async ({
  people,
  troubles,
}) => {
  troubles.expect(/status of (400|401|422)/);
  const page = await people.as(null);
  await open(page, "/months");
  await expect(page).toHaveURL(/\/login\?to=%2Fmonths/);
  await page.getByRole("textbox", { name: "Username" }).fill("liuhe-03.head");
  await page.getByRole("textbox", { name: "Password" }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Username or password is not correct.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Username" })).toHaveValue("liuhe-03.head");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/months$/);
  await page.locator("summary").filter({ hasText: "Village head" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
});

test("the city invites a clerk for a town, who signs in by the link, works, and is out once the role ends", async ({
  people,
  troubles,
}) => {
  troubles.expect(/status of (401|403|404|410)/);
  const town = await stationOf(await people.as("liuhe.head"));
  const head = await people.as("yunling.admin");
  await open(head, `/users/invite?station=${town}`);
  await head.getByRole("radio", { name: "Clerk" }).check();
  await head.getByRole("textbox", { name: "Full name" }).fill("周敏");
  await head.getByRole("button", { name: "Create link" }).click();
  const link = await head.getByRole("textbox", { name: /Invitation created/ }).inputValue();
  expect(link).toMatch(/\/invite\//);

  const clerk = await people.as(null);
  await open(clerk, new URL(link).pathname);
  await clerk.getByRole("textbox", { name: "Username" }).fill("zhou.min");
  await clerk.getByRole("textbox", { name: "Password", exact: true }).fill("a sentence I remember");
  await clerk.getByRole("textbox", { name: "Password again" }).fill("a sentence I remember");
  await clerk.getByRole("button", { name: "Create account and sign in" }).click();
  await expect(clerk).not.toHaveURL(/\/invite\//);
  await open(clerk, "/review");
  await expect(clerk.getByRole("heading", { level: 1 })).toContainText("柳河镇");

  const again = await people.as(null);
  await again.goto(new URL(link).pathname);
  await expect(again.getByText("This link has been used.")).toBeVisible();

  await open(head, "/users?q=zhou.min");
  await head.getByRole("link", { name: "周敏" }).click();
  await head.getByRole("button", { name: "End the role" }).click();
  await expect(head.getByText("The role has ended")).toBeVisible();
  await clerk.goto("/review");
  await expect(clerk).toHaveURL(/\/login/);
});

test("a person changes the password, and every other device is signed out", async ({ people }) => {
  const here = await people.as("liuhe-30.head");
  const elsewhere = await people.as("liuhe-30.head");
  await open(elsewhere, "/months");
  await open(here, "/settings/password");
  await here.getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await here.getByRole("textbox", { name: "New password", exact: true }).fill("walk by the willow river");
  await here.getByRole("textbox", { name: "New password again" }).fill("walk by the willow river");
  await here.getByRole("button", { name: "Save new password" }).click();
  await expect(here.getByText("Password changed.").first()).toBeVisible();
  await elsewhere.goto("/months");
  await expect(elsewhere).toHaveURL(/\/login/);
});

test("a person sees the devices that are signed in, and signs one out", async ({ people }) => {
  const here = await people.as("liuhe-31.head");
  const elsewhere = await people.as("liuhe-31.head");
  await open(elsewhere, "/months");
  await open(here, "/settings/sessions");
  await expect(here.getByText("This device")).toBeVisible();
  await here.getByRole("button", { name: "Sign out", exact: true }).last().click();
  await expect(here.getByText("The device is signed out.")).toBeVisible();
  await elsewhere.goto("/months");
  await expect(elsewhere).toHaveURL(/\/login/);
});

test("a token is shown once, opens the API, and no more after it is revoked", async ({ people, house }) => {
  const page = await people.as("liuhe.head");
  await open(page, "/settings/tokens");
  await page.getByRole("textbox", { name: "Purpose" }).fill("Spreadsheet of the town");
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await page.getByRole("textbox", { name: /Token created/ }).inputValue();
  const call = () => fetch(`${house.origin}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await call()).status).toBe(200);
  await open(page, "/settings/tokens");
  expect(await page.locator("body").textContent()).not.toContain(token);
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The token is revoked.")).toBeVisible();
  expect((await call()).status).toBe(401);
});

test("the city's auditor finds who did what", async ({ people }) => {
  const page = await people.as("yunling.auditor");
  await open(page, "/audit");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.getByRole("row").count()).toBeGreaterThan(3);
});

async function stationOf(page: import("./support/test").Page): Promise<number> {
  return (await (await page.request.get("/api/v1/me")).json()).active.station.id;
}
