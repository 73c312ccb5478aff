import { Palette } from "../../pages/palette";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

test("a client ID that is pasted leads to its application, with the keyboard alone and nothing waited for", async ({
  page,
  form,
}) => {
  await form.open();
  const name = uniqueName("Pasted");
  await form.fill({ name, domains: ["example.com"] });
  const { clientId } = await form.createAndReadCredentials();
  await page.goto("/people");
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.insertText(` ${clientId}\n`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(palette.dialog).toBeHidden();
  await expect(page.getByRole("main")).toBeFocused();
});

test("a secret that is pasted is taken out and sent nowhere", async ({ page, form }) => {
  await form.open();
  await form.fill({ name: uniqueName("Secretive"), domains: ["example.com"] });
  const { clientSecret } = await form.createAndReadCredentials();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.insertText(clientSecret);
  await expect(palette.dialog.getByRole("alert")).toHaveText("This looks like a secret. It was not sent.");
  await expect(palette.field).toHaveValue("");
  // What is typed next is sent, and makes the sentence go.
  await page.keyboard.type("nobody is called so");
  await expect(palette.dialog.getByText("Nothing found for “nobody is called so”.")).toBeVisible();
  await expect(palette.dialog.getByRole("alert")).toBeHidden();
  expect(sent.join("\n")).toContain("nobody is called so");
  expect(sent.join("\n")).not.toContain(clientSecret.slice(4, 24));
});

test("“Rotate secret of…” asks which application and opens its dialog, once", async ({ page, form }) => {
  await form.open();
  const name = uniqueName("Rotated");
  await form.fill({ name, domains: ["example.com"] });
  await form.createAndReadCredentials();
  const address = page.url();
  await page.goto("/rooms");
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.type("secret rotate");
  await expect(palette.chosen).toHaveText("Rotate secret of…");
  await page.keyboard.press("Enter");
  await expect(palette.field).toHaveAccessibleName("Application");
  await page.keyboard.type(name);
  await expect(palette.chosen).toContainText(name);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Make a new secret" });
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(address);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Rotate secret" })).toBeFocused();
});

test("an address that asks to deactivate asks before it does, and activates nothing", async ({
  page,
  form,
  application,
}) => {
  await form.open();
  await form.fill({ name: uniqueName("Asked off"), domains: ["example.com"] });
  await form.createAndReadCredentials();
  const address = page.url();
  await page.goto(`${address}?open=deactivate`);
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("This application is deactivated")).toBeVisible();
  await page.goto(`${address}?open=deactivate`);
  await application.openMenu();
  await expect(application.activateButton).toBeEnabled();
  await expect(question).toBeHidden();
  await expect(page.getByText("This application is deactivated")).toBeVisible();
});

test("Escape goes back one step at a time, and gives the focus back", async ({ page, list }) => {
  await list.open();
  await list.search.focus();
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.type("check access");
  const begun = page.waitForResponse((answer) => answer.request().postData()?.includes("check-access") === true);
  await page.keyboard.press("Enter");
  await expect(palette.field).toHaveAccessibleName("Application");
  await begun;
  const asked: (string | null)[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/search")) asked.push(request.postData());
  });
  await page.keyboard.press("Escape");
  await expect(palette.field).toHaveAccessibleName("Search the portal");
  await expect(palette.option("Overview")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await expect(palette.chosen).toHaveText("Show the keys");
  await page.keyboard.press("ArrowDown");
  await expect(palette.chosen).toHaveText("Overview");
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toBeHidden();
  await expect(list.search).toBeFocused();
  expect(asked).toEqual([]);
});

test("a search that fails says so, and runs again when asked to", async ({ page }) => {
  await page.goto("/people");
  const palette = new Palette(page);
  await page.route("**/search", (route) => route.abort());
  await palette.open();
  await page.keyboard.type("nobody is called so");
  await expect(palette.dialog.getByRole("alert")).toBeVisible();
  await page.unroute("**/search");
  await palette.dialog.getByRole("button", { name: "Try again" }).click();
  await expect(palette.dialog.getByText("Nothing found for “nobody is called so”.")).toBeVisible();
  await expect(palette.dialog.getByRole("alert")).toBeHidden();
});

test("an answer that comes late does not take the place of a newer one", async ({ page }) => {
  await page.goto("/people");
  const palette = new Palette(page);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/search", async (route) => {
    const isOld = route.request().postData()?.includes("invalid_scope") === true;
    if (isOld) await released;
    // The browser may have given the old one up meanwhile.
    await route.continue().catch(() => {});
  });
  await palette.open();
  const old = page.waitForRequest((request) => request.postData()?.includes("invalid_scope") === true);
  await page.keyboard.insertText("invalid_scope");
  await old;
  await palette.field.fill("last_owner");
  await expect(palette.option(/^last_owner/)).toBeVisible();
  release();
  await palette.field.press("ArrowDown");
  await expect(palette.option(/^invalid_scope/)).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/developers\/errors#last_owner$/);
});

checkScreens("the search of the portal", (_page, language) => {
  const button = language === "en" ? "Search…" : "Rechercher…";
  const open = async (page: import("@playwright/test").Page, text: string) => {
    await page.goto("/applications");
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("dialog").getByRole("combobox").fill(text);
  };
  return {
    "everything there is": (page) => open(page, ""),
    hits: async (page) => {
      await open(page, "invalid");
      await expect(page.getByRole("option").first()).toBeVisible();
    },
    "nothing found": async (page) => {
      await open(page, "zqzqzq");
      await expect(page.getByRole("dialog").getByText("zqzqzq")).toBeVisible();
    },
    "a secret": async (page) => {
      await open(page, `vst_t${"aB3".repeat(15)}`);
      await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
    },
  };
});
