import { SignInPage } from "../pages/sign-in-page";
import { StaffPages } from "../pages/staff-pages";
import { administrator } from "../support/server";
import { checkScreens } from "./check-screens";
import { expect, test } from "./fixtures";

const PASSWORD = "four words of this test";

function uniqueEmail(): string {
  return `member-${test.info().workerIndex}-${Date.now()}@vestibule.example`;
}

test("an invitation lets somebody in once, and shutting them out counts from their next click", async ({
  page,
  browser,
}) => {
  const email = uniqueEmail();
  const staff = new StaffPages(page);
  await page.goto("/staff");
  await page.getByRole("link", { name: "Invite a member" }).click();
  await staff.email.fill(email);
  await staff.email.press("Enter");
  const link = await staff.takeLink();
  await expect(page.getByRole("heading", { level: 1, name: email })).toBeVisible();
  await expect(page.getByRole("main").getByText("Invited", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(link.split("#")[1]);

  const guestContext = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const guest = await guestContext.newPage();
  const requested: string[] = [];
  guest.on("request", (request) => requested.push(`${request.url()} ${request.headers().referer ?? ""}`));
  await guest.goto(link);
  await guest.getByLabel("Name", { exact: true }).fill("Ana Guest");
  await expect(guest).toHaveURL(/\/invitation$/);
  await guest.getByLabel("Password", { exact: true }).fill("short");
  await guest.getByRole("button", { name: "Accept invitation" }).click();
  await expect(guest.getByRole("main").getByRole("alert")).toContainText("Use at least 12 characters.");
  await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.keyboard.press("Enter");
  await expect(guest.getByText("Your account is ready")).toBeVisible();
  expect(requested.join("\n")).not.toContain(link.split("#")[1]);

  await guest.goto("/sign-in");
  await guest.goto(link);
  await expect(guest.getByRole("main").getByRole("alert")).toContainText("This link does not work any more");

  await guest.goto("/sign-in");
  await new SignInPage(guest).signIn({ email, password: PASSWORD });
  await expect(guest.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const navigation = guest.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: "Applications" })).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Staff" })).toHaveCount(0);
  for (const path of [
    "/staff",
    "/staff?secondFactor=off",
    "/staff/invite",
    "/staff/0190a5c0-0000-7000-8000-000000000000",
  ]) {
    expect((await guest.goto(path))?.status()).toBe(403);
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Your role does not open this page");
    await expect(guest.getByRole("main")).toContainText(
      `This page is for administrators. You are signed in as ${email}, with the role Viewer.`,
    );
    await expect(guest.getByRole("main").getByRole("link", { name: administrator().email })).toHaveAttribute(
      "href",
      `mailto:${encodeURIComponent(administrator().email)}`,
    );
    await expect(navigation.getByRole("link", { name: "Applications" })).toBeVisible();
  }
  for (const path of ["/nothing", "/staff-of-nobody/0190a5c0"]) {
    expect((await guest.goto(path))?.status()).toBe(404);
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
    await expect(navigation.getByRole("link", { name: "Applications" })).toBeVisible();
  }
  await guest.goto("/account");
  await expect(guest.getByText("This browser", { exact: true })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Ana Guest" })).toBeVisible();
  await staff.confirm("Deactivate");
  await expect(page.getByRole("button", { name: "Activate", exact: true })).toBeVisible();
  await guest.goto("/account");
  await expect(guest).toHaveURL("/sign-in?to=%2Faccount");
  await guestContext.close();

  await page.goto(`/staff?q=${encodeURIComponent(email)}`);
  const factor = page.getByRole("combobox", { name: "Two-step sign-in", exact: true });
  const row = page.getByRole("row").filter({ hasText: email });
  await factor.selectOption("Off");
  await expect(page).toHaveURL(/[?&]secondFactor=off$/);
  await expect(row).toBeVisible();
  await factor.selectOption("Passkey");
  await expect(page).toHaveURL(/[?&]secondFactor=passkey$/);
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await expect(row).toHaveCount(0);
});

test("a member of staff can be impersonated only after a question, and the page tells who allowed it", async ({
  page,
}) => {
  const email = uniqueEmail();
  const staff = new StaffPages(page);
  await page.goto("/staff/invite");
  await staff.email.fill(email);
  await staff.createInvitation.click();
  await staff.takeLink();
  const main = page.getByRole("main");
  await expect(
    main.getByText("This address can sign in to the portal, so applications may not impersonate it."),
  ).toBeVisible();

  await staff.press("Allow impersonation");
  await page.getByRole("button", { name: "Keep it disallowed" }).click();
  await expect(page.getByRole("button", { name: "Allow impersonation", exact: true })).toBeFocused();
  await staff.confirm("Allow impersonation");
  await expect(main.getByText("An administrator has allowed impersonation all the same.")).toBeVisible();
  const history = main.getByRole("listitem").filter({ hasText: / allowed impersonation of/ });
  await expect(history).toHaveCount(1);
  await staff.confirm("Disallow impersonation");
  await expect(main.getByRole("listitem").filter({ hasText: "disallowed impersonation of" })).toHaveCount(1);
  await history.getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\/[0-9a-f-]{36}/);
});

checkScreens("staff", async (page) => {
  await page.goto("/staff/invite");
  const staff = new StaffPages(page);
  await staff.email.fill(uniqueEmail());
  await staff.createInvitation.click();
  await staff.takeLink();
  await expect(page).toHaveURL(/\/staff\/[0-9a-f-]{36}$/);
  const member = new URL(page.url()).pathname;
  return {
    list: (screen) => screen.goto("/staff"),
    "no match": (screen) => screen.goto("/staff?q=nobody+is+called+so"),
    invite: (screen) => screen.goto("/staff/invite"),
    member: (screen) => screen.goto(member),
    account: (screen) => screen.goto("/account"),
    "link that does not work": (screen) => screen.goto("/invitation#nothing"),
  };
});
