import { SignInPage } from "../pages/sign-in-page";
import { StaffPages } from "../pages/staff-pages";
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
  await expect(guest.getByText(`Sign in with ${email}`)).toBeVisible();
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
  await guest.goto("/account");
  await expect(guest.getByText("This browser", { exact: true })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Ana Guest" })).toBeVisible();
  await staff.confirm("Deactivate");
  await expect(page.getByRole("button", { name: "Activate", exact: true })).toBeVisible();
  await guest.goto("/account");
  await expect(guest).toHaveURL(/\/sign-in$/);
  await guestContext.close();
});

test("only after a question may applications act for a member of staff, and the page tells who let them", async ({
  page,
}) => {
  const email = uniqueEmail();
  const staff = new StaffPages(page);
  await page.goto("/staff/invite");
  await staff.email.fill(email);
  await staff.createInvitation.click();
  await staff.takeLink();
  const main = page.getByRole("main");
  await expect(main.getByText("This address can open the portal, so applications may not act for it.")).toBeVisible();

  await staff.press("Let applications act");
  await page.getByRole("button", { name: "Keep it protected" }).click();
  await expect(page.getByRole("button", { name: "Let applications act", exact: true })).toBeFocused();
  await staff.confirm("Let applications act");
  await expect(main.getByText("An administrator lets applications act for it all the same.")).toBeVisible();
  const history = main.getByRole("listitem").filter({ hasText: "let applications act for" });
  await expect(history).toHaveCount(1);
  await staff.confirm("Protect account");
  await expect(main.getByRole("listitem").filter({ hasText: "kept applications from acting for" })).toHaveCount(1);
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
