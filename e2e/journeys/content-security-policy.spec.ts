import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { expect, test } from "../support/fresh-session";

test("no page asks for anything that its own policy forbids", async ({ page }) => {
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => violations.push(text));
  await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) =>
    reportViolation(document.location.pathname + ": " + event.violatedDirective + " " + event.blockedURI))`);

  for (const path of ["/", "/applications", "/applications?q=none", "/nowhere", "/r/abc-defg-hij"]) {
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    expect.soft(answer?.headers()["cache-control"], `${path} is kept by no cache`).toContain("no-store");
  }
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: "Journeys: policy", scopes: ["rooms:list"], domains: ["example.com"] });
  await form.createAndReadCredentials();
  await new ApplicationPage(page).deactivate();
  await page.evaluate("document.head.append(Object.assign(document.createElement('style'), { textContent: '*{}' }))");
  // The last one is ours, and shows that violations are seen at all.
  await expect.poll(() => violations.length).toBeGreaterThan(0);
  expect(violations).toEqual([expect.stringMatching(/^\/applications\/[\w-]+: style-src-elem inline$/)]);
});
