import { MESSAGES } from "../../lib/i18n/messages";
import { ApplicationFormPage } from "../pages/application-form-page";
import { DelegationPage } from "../pages/delegation-page";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

test("the last domain goes only when the name was typed, and the report then names the application", async ({
  page,
  form,
}) => {
  const delegation = new DelegationPage(page);
  const name = uniqueName("Widened");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  await delegation.open();
  await expect(delegation.entry("example.org")).toContainText(/known/);
  await delegation.openDomains();
  await delegation.anyDomain.check();
  await delegation.saveDomains.click();
  await expect(delegation.dialog).toHaveAccessibleName("Remove the restriction?");
  await expect(delegation.typedName).toBeFocused();
  await page.keyboard.type("something else");
  await page.keyboard.press("Enter");
  await expect(delegation.typedName).toHaveAccessibleDescription(/not the name of the application/);
  await page.keyboard.press("Escape");
  await expect(delegation.dialog).toBeHidden();
  await expect(delegation.entry("example.org")).toBeVisible();

  await delegation.saveDomains.click();
  await delegation.typedName.fill(name);
  await delegation.dialog.getByRole("button", { name: "Allow any domain" }).click();
  await expect(page.getByText("Unrestricted", { exact: true })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "The domains are saved." })).toBeVisible();

  await page.goto("/applications");
  await page.getByRole("link", { name: "Unrestricted applications" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Unrestricted applications" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Active");
});

test("a list that is too long to send at once changes nothing, says so, keeps what was typed, and goes in parts", async ({
  page,
  form,
}) => {
  const delegation = new DelegationPage(page);
  const name = uniqueName("Long");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  await delegation.open();
  await delegation.openDenyList();
  const domain = [..."abc"].map((letter) => letter.repeat(50)).join(".");
  const people = Array.from({ length: 400 }, (_, index) => `p${index}@${domain}.example`);
  const typed = people.join("\n");
  await delegation.peopleToDeny.fill(typed);
  await delegation.addDenied.click();
  await expect(page.getByText(MESSAGES.en.errors.too_large)).toBeVisible();
  await expect(delegation.peopleToDeny).toHaveValue(typed);

  await delegation.peopleToDeny.fill(people.slice(0, 200).join("\n"));
  await delegation.addDenied.click();
  await expect(page.getByRole("status").filter({ hasText: MESSAGES.en.delegation.listSaved })).toBeVisible();
  await expect(delegation.entry(domain)).toHaveCount(200);
});

test("single people are kept out and let in, and the check says so rule by rule", async ({ page, form }) => {
  const delegation = new DelegationPage(page);
  const name = uniqueName("Listed");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  await delegation.open();

  await delegation.openDenyList();
  await delegation.peopleToDeny.fill("nonsense, Mallory@Example.org");
  await delegation.addDenied.click();
  await expect(delegation.peopleToDeny).toHaveAccessibleDescription(/“nonsense”: write it like/);
  await delegation.peopleToDeny.fill("Mallory@Example.org");
  await delegation.addDenied.click();
  await expect(delegation.entry("mallory@example.org")).toContainText("Not known yet");

  await delegation.openAllowList();
  await delegation.peopleToAllow.fill("mallory@example.org");
  await delegation.addAllowed.click();
  await expect(delegation.peopleToAllow).toHaveAccessibleDescription(/Somebody here is on the other list/);
  await delegation.peopleToAllow.fill("ana@example.org");
  await expect(page.getByText("it may act on behalf of nobody else")).toBeVisible();
  await delegation.addAllowed.click();
  await expect(delegation.remove("ana@example.org")).toBeVisible();

  await page.getByRole("link", { name: "Check access" }).click();
  const email = page.getByLabel("E-mail of the person");
  const submit = page.getByRole("button", { name: "Check access" });
  await email.fill("mallory@example.org");
  await submit.click();
  await expect(page.getByRole("heading", { name: "It may not act on behalf of mallory@example.org" })).toBeFocused();
  const rules = page.getByRole("listitem");
  await expect(rules.filter({ hasText: "not on the deny list" })).toContainText(
    /failed.*subject_denied.*This is the answer/,
  );
  await expect(rules.filter({ hasText: "The allow list admits" })).toContainText(/failed.*subject_not_listed/);
  await expect(page.getByText("400 invalid_scope: The deny list of the application holds this person.")).toBeVisible();

  await email.fill("ana@example.org");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "It may act on behalf of ana@example.org" })).toBeFocused();
  await expect(page.getByText("client_id", { exact: true })).toBeVisible();
  await delegation.open();
  await delegation.remove("ana@example.org").click();
  await expect(delegation.dialog).toHaveAccessibleName("Remove the allow list?");
  await delegation.typedName.fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Allow people" })).toBeFocused();
  await expect(page.getByText("Nobody is on the allow list")).toBeVisible();
});

checkScreens("delegation", async (page, language) => {
  const t = MESSAGES[language].checkAccess;
  const form = new DelegationPage(page);
  const application = new ApplicationFormPage(page);
  await application.open();
  const name = uniqueName("Delegation screens");
  await application.fill({ name, domains: ["a-very-long-name-of-a-department.of-an-institution.example.org"] });
  await application.createAndReadCredentials();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}/delegation`);
  await form.openDenyList();
  await form.peopleToDeny.fill(
    "a-very-long-name-of-a-person-with-many-names@a-department.of-an-institution.example.org",
  );
  await form.addDenied.click();
  await form.entry("a-very-long-name-of-a-person").waitFor();
  return {
    delegation: (shown) => shown.goto(`${path}/delegation`),
    "check access": async (shown) => {
      await shown.goto(`${path}/check-access`);
      await shown.getByRole("textbox", { name: t.email }).fill("somebody@elsewhere.example");
      await shown.getByRole("main").getByRole("button", { name: t.submit }).click();
      await shown.getByRole("list").getByText("domain_not_allowed").waitFor();
    },
    report: (shown) => shown.goto("/delegation"),
  };
});
