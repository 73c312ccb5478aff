import { UserMenu } from "../pages/user-menu";
import { callApi, obtainToken, postForm, tokenForm } from "../support/oauth-requests";
import { baseUrl } from "../support/server";
import { expect, test, uniqueName } from "./fixtures";

test("an application is shut off from any page with three clicks and one field, and the report says so", async ({
  page,
  form,
}) => {
  const name = uniqueName("Incident");
  const email = `incident-${Date.now()}@example.org`;
  await form.open();
  await form.fill({ name, scopes: ["rooms:create", "rooms:list"], domains: ["example.org"] });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(baseUrl(), credentials, email);
  expect((await callApi(baseUrl(), token)).status).toBe(200);

  await page.goto("/rooms");
  await new UserMenu(page).open();
  await page.getByRole("link", { name: "Incident" }).click();
  const field = page.getByRole("searchbox", { name: "Application or person" });
  await field.fill(name);
  await field.press("Enter");
  const column = page.getByRole("region", { name: "This application" });
  await expect(column).toContainText(credentials.clientId);
  await expect(column).toContainText("It has one live secret.");
  await column.getByRole("button", { name: `Deactivate ${name}` }).click();

  await expect(page.getByRole("status").filter({ hasText: `${name} is deactivated.` })).toBeVisible();
  expect((await callApi(baseUrl(), token)).status).toBe(401);
  expect((await postForm(baseUrl(), tokenForm(credentials, email))).status).toBe(401);

  // The same place lets it in again, and asks before: one press too many must not.
  const activate = column.getByRole("button", { name: `Activate ${name}`, exact: true });
  await expect(activate).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Leave it deactivated" }).click();
  await expect(activate).toBeFocused();
  expect((await callApi(baseUrl(), token)).status).toBe(401);

  await expect(page.getByRole("region", { name: "The last 60 minutes" })).toContainText(`deactivated ${name}`);
  await page.getByRole("button", { name: "Copy report" }).click();
  await expect(page.getByText("The report is copied.")).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain(`Application ${name} (client ID ${credentials.clientId}) is deactivated.`);
  expect(report).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ  .+ deactivated ${name}, from `, "m"));
  expect(report).not.toContain(credentials.clientSecret);
});

test("a person is stopped beside what is being done for them, and a secret is never looked for", async ({
  page,
  form,
}) => {
  const email = `suspect-${Date.now()}@example.org`;
  await form.open();
  await form.fill({ name: uniqueName("Suspect"), scopes: ["rooms:list"], domains: ["example.org"] });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(baseUrl(), credentials, email);

  await page.goto("/incident");
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(`${request.url()} ${request.postData() ?? ""}`));
  const field = page.getByRole("searchbox", { name: "Application or person" });
  await expect(page.getByRole("button", { name: "Copy report" })).toBeEnabled();
  await field.fill(credentials.clientSecret);
  await field.press("Enter");
  await expect(page.getByText("This looks like a secret. It was not sent.")).toBeVisible();
  await expect(field).toHaveValue("");
  expect(addresses.join("\n")).not.toContain(credentials.clientSecret.slice(4, 20));

  await field.fill(email);
  await field.press("Enter");
  const column = page.getByRole("region", { name: "This person" });
  await expect(column).toContainText("One application acted for them");
  await column.getByRole("button", { name: `Deactivate ${email}` }).click();
  await expect(page.getByRole("status").filter({ hasText: `${email} is deactivated.` })).toBeVisible();
  expect((await callApi(baseUrl(), token)).status).toBe(401);
  // Everything has a question of its own, which is answered by typing.
  await page.getByRole("region", { name: "Everything" }).getByRole("button", { name: "Revoke every token" }).click();
  await expect(page.getByRole("alertdialog").getByRole("textbox")).toBeFocused();
});
