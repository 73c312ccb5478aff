import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type OpenIdProvider, type ProviderAccount, startOpenIdProvider } from "@/e2e/support/openid-provider";
import { handleOrganisationCallback } from "@/lib/auth/organisation/organisation-callback-route";
import { type OrganisationFlow, openFlowOf, sealFlow } from "@/lib/auth/organisation/organisation-flow-cookie";
import { handleOrganisationStart } from "@/lib/auth/organisation/organisation-start-route";
import { openSessionCookie } from "@/lib/auth/session-cookie";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { setLogDestination } from "@/lib/observability/logger";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { testConfig } from "@/lib/testing/test-config";

export const ORIGIN = "http://localhost:3000";
export const START = "/api/auth/organisation/start";
const SESSION = "vestibule.session";
export const FLOW = "vestibule.organisation-sign-in";

type Organisation = {
  provider: OpenIdProvider;
  /** Of the log. */
  lines: string[];
  /** Enrols somebody at the provider; they sign in there by their `sub`. */
  enrol(changes?: Partial<ProviderAccount>): ProviderAccount & { email: string };
  configure(issuer?: string): void;
};

/** Runs a certified provider for the tests of a file, and configures the portal for it anew before each of them. */
export function useOrganisation(): Organisation {
  const test: Organisation = {
    provider: undefined as unknown as OpenIdProvider,
    lines: [],
    enrol(changes = {}) {
      const sub = randomUUID();
      const email = `${sub.slice(0, 8)}@university.example`;
      const account = { sub, email, email_verified: true, name: "Ana Müller", groups: ["everybody"], ...changes };
      test.provider.accounts.set(sub, account);
      return account;
    },
    configure(issuer = test.provider.issuer) {
      const { clientId, clientSecret } = test.provider;
      const roleMap = { "portal-admins": "administrator", everybody: "viewer" } as const;
      const openId = { issuer, clientId, clientSecret, buttonLabel: undefined, roleClaim: "groups", roleMap };
      setConfig(testConfig({ publicUrl: ORIGIN, openId }));
    },
  };
  beforeAll(async () => {
    test.provider = await startOpenIdProvider(ORIGIN);
  });
  afterAll(() => test.provider.close());
  beforeEach(() => {
    test.provider.accounts.clear();
    test.configure();
    setLogDestination({ write: (line) => void test.lines.push(line) });
  });
  afterEach(() => {
    setConfig(undefined);
    setLogDestination(undefined);
    test.lines.length = 0;
  });
  return test;
}

/** A browser: keeps the cookies of the portal and of the provider apart, as hosts do. */
export function createBrowser() {
  const portal = new Map<string, string>();
  const elsewhere = new Map<string, string>();

  async function atPortal(address: string, headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) {
    const url = new URL(address, ORIGIN);
    const handle = url.pathname === START ? handleOrganisationStart : handleOrganisationCallback;
    const request = new Request(url, { headers: { cookie: toHeader(portal), host: "evil.example", ...headers } });
    const context = { clientAddress: "192.0.2.7", requestId: randomUUID() };
    const response = await runWithRequestContext(context, () => handle(request));
    keep(portal, response);
    return response;
  }

  /** Follows the provider until it leads back to the portal, and returns that address. */
  async function atProvider(address: string, form: Record<string, string>): Promise<string> {
    let url = new URL(address);
    for (let step = 0; step < 10; step += 1) {
      if (url.origin === ORIGIN) return url.href;
      const isForm = url.pathname.startsWith("/interaction/");
      const response = await fetch(url, {
        redirect: "manual",
        headers: { cookie: toHeader(elsewhere) },
        ...(isForm ? { method: "POST", body: new URLSearchParams(form) } : {}),
      });
      keep(elsewhere, response);
      const location = response.headers.get("location");
      if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
      url = new URL(location, url);
    }
    throw new Error("The provider never led back.");
  }

  async function begin(query = "") {
    return locationOf(await atPortal(START + query));
  }
  async function signIn(login: string, query = "") {
    return atPortal(await atProvider(await begin(query), { login, answer: "yes" }));
  }
  async function session() {
    const sessionId = await openSessionCookie(portal.get(SESSION));
    return sessionId === undefined ? undefined : findLiveSession(sessionId, new Date());
  }
  /** Changes what the browser has to bring back, as only the server could. */
  async function moveFlow(change: Partial<OrganisationFlow>) {
    const flow = await openFlowOf(new Headers({ cookie: toHeader(portal) }));
    if (flow === undefined) throw new Error("No sign-in is under way.");
    portal.set(FLOW, await sealFlow({ ...flow, ...change }));
  }
  /** Takes over the session of another browser in which `login` signs in meanwhile. */
  async function replaceSession(login: string) {
    const other = createBrowser();
    await other.signIn(login);
    portal.set(SESSION, other.portal.get(SESSION) ?? "");
  }
  /** Signs out at the provider, so that somebody else can sit down there. */
  const leaveProvider = () => elsewhere.clear();
  return { leaveProvider, portal, atPortal, atProvider, begin, signIn, session, moveFlow, replaceSession };
}

function toHeader(jar: Map<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keep(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line) || value === "") jar.delete(name);
    else jar.set(name, value);
  }
}

/** Where an answer leads; every one of them is for this browser alone. */
export function locationOf(response: Response): string {
  expect(response.status).toBe(303);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  return response.headers.get("location") ?? "";
}

/** The sign-in page, saying why. */
export const problem = (reason: string) => `${ORIGIN}/sign-in?problem=${reason}`;
