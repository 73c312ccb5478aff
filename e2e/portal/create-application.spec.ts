import { expect, test, uniqueName } from "./fixtures";

test("nothing is granted and nothing chosen until somebody does", async ({ page, form }) => {
  await form.open();
  for (const checkbox of await page.getByRole("checkbox").all()) await expect(checkbox).not.toBeChecked();
  await expect(form.anyDomain).not.toBeChecked();
  await expect(form.onlyTheseDomains).not.toBeChecked();

  await form.create.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("2 entries need your attention");
  await expect(form.name).toBeFocused();
  await expect(form.name).toHaveAccessibleDescription(/Give the application a name\./);
  await expect(form.name).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("link", { name: /^Delegation: / }).click();
  await expect(form.anyDomain).toBeFocused();
});

test("warns before an application may act for anyone", async ({ page, form }) => {
  await form.open();
  await form.anyDomain.check();
  await expect(page.getByText("Whoever holds the secret can then act as any person.")).toBeVisible();
  await form.onlyTheseDomains.check();
  await expect(page.getByText("Whoever holds the secret can then act as any person.")).toBeHidden();
});

test("names the domains that are wrong, and loses nothing that was typed", async ({ form }) => {
  await form.open();
  const name = uniqueName("Wrong domains");
  await form.fill({ name, scopes: ["rooms:list"], domains: ["example.org", "nonsense", "https://example.com"] });
  await form.create.click();
  await expect(form.allowedDomains).toBeFocused();
  await expect(form.allowedDomains).toHaveAccessibleDescription(/“nonsense”: .+ “https:\/\/example\.com”: /);
  await expect(form.allowedDomains).not.toHaveAccessibleDescription(/“example\.org”/);

  await form.anyDomain.check();
  await form.onlyTheseDomains.check();
  await expect(form.allowedDomains).toHaveValue("example.org\nnonsense\nhttps://example.com");
  await expect(form.name).toHaveValue(name);
  await expect(form.scope("rooms:list")).toBeChecked();
});

test("asks for a domain when only these domains are allowed", async ({ form }) => {
  await form.open();
  await form.name.fill(uniqueName("No domain"));
  await form.onlyTheseDomains.check();
  await form.create.click();
  await expect(form.allowedDomains).toBeFocused();
  await expect(form.allowedDomains).toHaveAccessibleDescription(/Enter at least one domain/);
});

test("keeps what was typed when the portal cannot be reached, and sends it afterwards", async ({
  page,
  form,
  secret,
}) => {
  await form.open();
  const name = uniqueName("Broken connection");
  await form.fill({ name, scopes: ["rooms:create"] });
  await page.route("**/applications/new", (route) => route.abort(), { times: 1 });
  await form.create.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The portal did not answer.");
  await expect(form.name).toHaveValue(name);
  await form.create.click();
  await expect(secret.dialog).toBeVisible();
});

test("shows what was created: scopes, domains, dates, and of the secret only its end", async ({
  page,
  form,
  application,
}) => {
  await form.open();
  const name = uniqueName("Shown");
  await form.fill({ name, scopes: ["rooms:create", "rooms:list"], domains: ["b.example", "A.example"] });
  const { clientId, clientSecret } = await form.createAndReadCredentials();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveTitle(`${name} · Vestibule`);
  await expect(application.clientId).toHaveValue(clientId);
  const main = page.getByRole("main");
  await expect(main.getByText("rooms:create")).toBeVisible();
  await expect(main.getByText("rooms:list")).toBeVisible();
  await expect(main.getByText("rooms:delete")).toHaveCount(0);
  await expect(main.getByText("a.example", { exact: true })).toBeVisible();
  await expect(main.getByText("b.example", { exact: true })).toBeVisible();
  await expect(main.getByText("Never used")).toBeVisible();
  expect(clientSecret).toContain("vst_");
  await expect(main.getByText(`…${clientSecret.slice(-27, -23)}`)).toBeVisible();
});
