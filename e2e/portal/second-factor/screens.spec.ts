import { MESSAGES } from "../../../lib/i18n/messages";
import { SecondFactorPage } from "../../pages/second-factor-page";
import { SignInPage } from "../../pages/sign-in-page";
import { StaffPages } from "../../pages/staff-pages";
import { checkScreens } from "../check-screens";
import { expect, test } from "../fixtures";

const PASSWORD = "four words of this test";

checkScreens("the second factor", async (page, language) => {
  const email = `factor-${test.info().workerIndex}-${Date.now()}@vestibule.example`;
  const staff = new StaffPages(page);
  await page.goto("/staff/invite");
  await staff.email.fill(email);
  await staff.createInvitation.click();
  await staff.join(await staff.takeLink(), { name: "Ana Factor", password: PASSWORD });
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await new SignInPage(page).signIn({ email, password: PASSWORD });
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.goto("/account");
  const factors = new SecondFactorPage(page);
  await factors.addApp();
  await factors.takeCodes();

  const t = MESSAGES[language].secondFactor;
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  return {
    account: (screen) => screen.goto("/account"),
    "another app": async (screen) => {
      await screen.goto("/account");
      await press(t.replaceApp);
      await expect(screen.getByRole("dialog").getByRole("img")).toBeVisible();
    },
    "a passkey": async (screen) => {
      await screen.goto("/account");
      await press(t.addPasskey);
      await expect(screen.getByRole("dialog").getByRole("textbox")).toBeFocused();
    },
    "new recovery codes": async (screen) => {
      await screen.goto("/account");
      await press(t.makeCodes);
      await expect(screen.getByRole("alertdialog")).toBeVisible();
    },
    // Last: from here on nobody is signed in.
    "the second step": async (screen) => {
      await screen.context().clearCookies({ name: /session/ });
      await screen.goto("/sign-in");
      await screen.locator("#email").fill(email);
      await screen.locator("input[type=password]").fill(PASSWORD);
      await screen.keyboard.press("Enter");
      await expect(screen).toHaveURL(/\/sign-in\/second-factor/);
    },
    "the second step, refused": async (screen) => {
      await screen.locator("input[autocomplete=one-time-code]").first().fill("000000");
      await screen.keyboard.press("Enter");
      await expect(screen.getByRole("main").getByRole("alert")).toBeVisible();
    },
  };
});
