import { describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  createBrowser,
  locationOf,
  ORIGIN,
  problem,
  START,
  useOrganisation,
} from "@/lib/testing/staff/organisation-browser";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
const organisation = useOrganisation();

describe("the way to the provider", () => {
  it("asks for a code with PKCE, state and nonce, and names the registered address whatever Host was asked", async () => {
    const browser = createBrowser();
    const response = await browser.atPortal(START);
    const url = new URL(locationOf(response));
    expect(url.origin + url.pathname).toBe(`${organisation.provider.issuer}/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: organisation.provider.clientId,
      response_type: "code",
      redirect_uri: `${ORIGIN}/api/auth/organisation/callback`,
      scope: "openid email profile",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      /^vestibule\.organisation-sign-in=[^;]+; Path=\/; Expires=[^;]+; Max-Age=600; HttpOnly; SameSite=lax$/,
    );
    expect(cookie).not.toContain(url.searchParams.get("state"));
  });

  it("takes other values each time", async () => {
    const [one, other] = [new URL(await createBrowser().begin()), new URL(await createBrowser().begin())];
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name));
    }
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a neighbouring host", { "sec-fetch-site": "same-site" }],
    ["the address bar", { "sec-fetch-site": "none" }],
    ["nowhere", {}],
    ["a page elsewhere, by an old browser", { referer: "https://evil.example/" }],
  ])("does not begin when asked by %s", async (_who, headers) => {
    const response = await createBrowser().atPortal(START, headers as Record<string, string>);
    expect(locationOf(response)).toBe(`${ORIGIN}/sign-in`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("begins for a page of ours in a browser that only sends a Referer", async () => {
    const response = await createBrowser().atPortal(START, { referer: `${ORIGIN}/sign-in` });
    expect(locationOf(response)).toContain(organisation.provider.issuer);
  });

  it("says so when the provider does not answer", async () => {
    organisation.configure("http://127.0.0.1:9");
    expect(await createBrowser().begin()).toBe(problem("organisation_unreachable"));
  });

  it("keeps where somebody wanted to go when the provider does not answer", async () => {
    organisation.configure("http://127.0.0.1:9");
    const start = `?to=${encodeURIComponent("/rooms?page=2")}`;
    expect(await createBrowser().begin(start)).toBe(
      `${ORIGIN}/sign-in?to=%2Frooms%3Fpage%3D2&problem=organisation_unreachable`,
    );
  });

  it("keeps a cookie that browsers store, however long the address is", async () => {
    const to = `/audit?q=${"%22".repeat(664)}`;
    const response = await createBrowser().atPortal(`${START}?to=${encodeURIComponent(to)}`);
    const [cookie = ""] = response.headers.getSetCookie();
    // RFC 6265 §6.1: 4096 bytes of name, value and attributes.
    expect(cookie.length).toBeLessThanOrEqual(4_096);
  });

  it("does not exist without a provider", async () => {
    setConfig(testConfig({ publicUrl: ORIGIN }));
    const answers = [
      await createBrowser().atPortal(START),
      await createBrowser().atPortal("/api/auth/organisation/callback"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});
