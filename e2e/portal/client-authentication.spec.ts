import { generateKeyPairSync } from "node:crypto";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ClientAuthenticationPage } from "../pages/client-authentication-page";
import { JWT_BEARER_GRANT, makeSigningKey } from "../support/assertions";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

/** Makes an application and opens the page about its authentication. */
async function openNew(form: ApplicationFormPage): Promise<ClientAuthenticationPage> {
  await form.open();
  await form.fill({ name: uniqueName("Authentication"), scopes: ["rooms:list"] });
  await form.createAndReadCredentials();
  const authentication = new ClientAuthenticationPage(form.page);
  await authentication.openFromApplication();
  return authentication;
}

test("a new application has secrets and client credentials, and no key", async ({ page, form }) => {
  const authentication = await openNew(form);
  const choices = ["client_credentials", JWT_BEARER_GRANT, "client_secret_basic", "client_secret_post"];
  const states = [true, false, true, true];
  for (const [index, name] of choices.entries()) {
    await expect(authentication.choice(name)).toBeChecked({ checked: states[index] === true });
  }
  await expect(authentication.choice("private_key_jwt")).not.toBeChecked();
  await expect(authentication.tokenLifetime).toHaveValue("");
  await expect(page.getByText("No key yet.")).toBeVisible();
});

test("what is saved is there after a reload, and on the application's page", async ({ page, form, application }) => {
  const authentication = await openNew(form);
  await authentication.choice(JWT_BEARER_GRANT).check();
  await authentication.choice("client_secret_post").uncheck();
  await authentication.tokenLifetime.fill("60");
  await authentication.saveAndWait();
  await page.reload();
  await expect(authentication.choice(JWT_BEARER_GRANT)).toBeChecked();
  await expect(authentication.choice("client_secret_post")).not.toBeChecked();
  await expect(authentication.tokenLifetime).toHaveValue("60");
  await application.openTab("Overview");
  await expect(page.getByText("60 seconds")).toBeVisible();
});

test("what is wrong is said at its field, and nothing is saved", async ({ page, form }) => {
  const authentication = await openNew(form);
  await authentication.choice("client_secret_basic").uncheck();
  await authentication.choice("client_secret_post").uncheck();
  await authentication.tokenLifetime.fill("59");
  await authentication.keysAddress.fill("http://calendar.example/jwks");
  await authentication.save.click();
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText([
    "Methods: Choose at least one method: without any it could not prove who it is.",
    "Token lifetime in seconds: Enter a whole number from 60 to 3600, or leave it empty.",
    "Address of its keys: Enter an https address with a host name, without user name, password and fragment.",
  ]);
  await page.reload();
  await expect(authentication.choice("client_secret_basic")).toBeChecked();
});

test("a key is added from a JWK and from a PEM block, and revoked for good", async ({ page, form }) => {
  const authentication = await openNew(form);
  const jwk = await makeSigningKey("from-jwk");
  await authentication.addKey(jwk.publicJwk, "from-jwk");
  await expect(authentication.publicKey).toHaveValue("");
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await authentication.addKey(publicKey.export({ type: "spki", format: "pem" }).toString(), "from-pem");
  await expect(page.getByText("RS256")).toBeVisible();

  await authentication.revokeKeyButton("from-jwk").click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleName("Revoke this key?");
  await dialog.getByRole("button", { name: "Keep the key" }).click();
  await expect(authentication.revokeKeyButton("from-jwk")).toBeFocused();
  await authentication.revokeKey("from-jwk");
  await expect(page.getByText("The key is revoked.")).toBeFocused();
  await expect(authentication.revokeKeyButton("from-pem")).toBeVisible();
});

test("a private key never leaves the browser", async ({ page, form }) => {
  const authentication = await openNew(form);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const texts = [
    privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    JSON.stringify(privateKey.export({ format: "jwk" })),
  ];
  for (const text of texts) {
    await authentication.publicKey.fill(text);
    await authentication.addKeyButton.click();
    await expect(page.getByText(/This is a private key/).first()).toBeVisible();
  }
  expect(sent.join("")).not.toMatch(/PRIVATE KEY|\\"d\\"/);
});

test("an application with keys here cannot also publish them", async ({ page, form }) => {
  const authentication = await openNew(form);
  const key = await makeSigningKey("here");
  await authentication.addKey(key.publicJwk, "here");
  await authentication.keysAddress.fill("https://calendar.example/jwks");
  await authentication.save.click();
  await expect(authentication.keysAddress).toBeFocused();
  await expect(page.getByText(/Revoke the live keys below first/).first()).toBeVisible();
  await authentication.revokeKey("here");
  await authentication.saveAndWait();
  await expect(authentication.publicKey).toBeHidden();
  await expect(page.getByText("Not read yet")).toBeVisible();
});

test("an application that may only sign and cannot is pointed out", async ({ page, form, application }) => {
  const authentication = await openNew(form);
  const warning = page.getByText(/It may only sign, but has no key/);
  await expect(warning).toBeHidden();
  await authentication.choice("private_key_jwt").check();
  await authentication.choice("client_secret_basic").uncheck();
  await authentication.choice("client_secret_post").uncheck();
  await authentication.saveAndWait();
  await expect(warning).toBeVisible();
  await application.openTab("Overview");
  await expect(warning).toBeVisible();
});

checkScreens("client authentication", async (page) => {
  const authentication = await openNew(new ApplicationFormPage(page));
  const kid = "a-name-that-has-no-place-to-break".repeat(3);
  await authentication.addKey((await makeSigningKey(kid)).publicJwk, kid);
  const path = new URL(page.url()).pathname;
  return { authentication: () => page.goto(path) };
});
