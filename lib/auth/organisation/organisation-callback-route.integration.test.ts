import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  createBrowser,
  FLOW,
  locationOf,
  ORIGIN,
  problem,
  useOrganisation,
} from "@/lib/testing/staff/organisation-browser";

useTestDatabase();
const organisation = useOrganisation();

describe("an answer of the provider", () => {
  async function answered() {
    const browser = createBrowser();
    const back = await browser.atProvider(await browser.begin(), { login: organisation.enrol().sub, answer: "yes" });
    return { browser, back };
  }

  it("is not taken twice, even with a copy of the cookie", async () => {
    const { browser, back } = await answered();
    const flow = browser.portal.get(FLOW) ?? "";
    await browser.atPortal(back);
    expect(locationOf(await browser.atPortal(back))).toBe(problem("organisation_flow_lost"));
    const thief = createBrowser();
    thief.portal.set(FLOW, flow);
    expect(locationOf(await thief.atPortal(back))).toBe(problem("organisation_flow_lost"));
    expect(await thief.session()).toBeUndefined();
  });

  it("is taken by one of many that bring it at once", async () => {
    const { browser, back } = await answered();
    const copies = Array.from({ length: 6 }, () => {
      const copy = createBrowser();
      copy.portal.set(FLOW, browser.portal.get(FLOW) ?? "");
      return copy;
    });
    const locations = (await Promise.all(copies.map((copy) => copy.atPortal(back)))).map(locationOf);
    expect(locations.filter((location) => location === `${ORIGIN}/`)).toHaveLength(1);
  });

  it("is worth nothing in another browser, whether or not that one began a sign-in", async () => {
    const { back } = await answered();
    const strangers = [createBrowser(), createBrowser()];
    await strangers[1]?.begin();
    for (const stranger of strangers) {
      expect(locationOf(await stranger.atPortal(back))).toBe(problem("organisation_flow_lost"));
      expect(await stranger.session()).toBeUndefined();
    }
  });

  it("with another state is refused and leaves the sign-in that is under way alone", async () => {
    const { browser, back } = await answered();
    const forged = new URL(back);
    for (const change of [() => forged.searchParams.set("state", "x"), () => forged.searchParams.delete("state")]) {
      change();
      expect(locationOf(await browser.atPortal(forged.href))).toBe(problem("organisation_flow_lost"));
    }
    expect(locationOf(await browser.atPortal(back))).toBe(`${ORIGIN}/`);
  });

  it.each([
    ["of another issuer", (query: URLSearchParams) => query.set("iss", "https://other.example")],
    ["of no issuer, from a provider that names itself", (query: URLSearchParams) => query.delete("iss")],
    ["with another code", (query: URLSearchParams) => query.set("code", "stolen-code")],
    ["with two codes", (query: URLSearchParams) => query.append("code", "stolen-code")],
  ])("%s is refused", async (_what, change) => {
    const { browser, back } = await answered();
    const forged = new URL(back);
    change(forged.searchParams);
    expect(locationOf(await browser.atPortal(forged.href))).toBe(problem("organisation_answer_refused"));
    expect(await browser.session()).toBeUndefined();
  });

  it("with a code that another browser obtained is refused by its PKCE challenge", async () => {
    const [victim, attacker] = [await answered(), await answered()];
    const injected = new URL(victim.back);
    injected.searchParams.set("code", new URL(attacker.back).searchParams.get("code") ?? "");
    expect(locationOf(await victim.browser.atPortal(injected.href))).toBe(problem("organisation_answer_refused"));
  });
});
