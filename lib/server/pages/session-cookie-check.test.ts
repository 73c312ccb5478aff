import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SESSION_COOKIE_SECONDS, sealSessionCookie } from "@/lib/auth/session-cookie";
import { setConfig } from "@/lib/env/config";
import { testConfig } from "@/lib/testing/test-config";
import { carriesSession } from "./session-cookie-check";

const SESSION_ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
const NAME = "vestibule.session";

beforeEach(() => setConfig(testConfig()));
afterEach(() => {
  setConfig(undefined);
  vi.useRealTimers();
});

const carries = (cookie: string | undefined) => carriesSession({ headers: { cookie } });

describe("carriesSession", () => {
  it("is true for a cookie that was sealed here, among others", async () => {
    expect(await carries(`theme=dark; ${NAME}=${await sealSessionCookie(SESSION_ID)}; locale=fr`)).toBe(true);
  });

  it("is false without one, for junk, and for what was sealed under another secret", async () => {
    const value = await sealSessionCookie(SESSION_ID);
    setConfig(testConfig({ authSecret: "another value that protects nothing at all" }));
    const foreign = await sealSessionCookie(SESSION_ID);
    setConfig(testConfig());
    const cookies = [
      undefined,
      "",
      "theme=dark",
      `${NAME}=`,
      `${NAME}=junk`,
      `${NAME}=${value.slice(0, -1)}`,
      `other=${value}`,
      `__Host-${NAME}=${value}`,
      `${NAME}=${foreign}`,
    ];
    expect(await Promise.all(cookies.map(carries))).toEqual(cookies.map(() => false));
  });

  it("is false once the cookie is older than a session can get", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - (SESSION_COOKIE_SECONDS + 60) * 1_000 });
    const old = await sealSessionCookie(SESSION_ID);
    vi.useRealTimers();
    expect(await carries(`${NAME}=${old}`)).toBe(false);
  });
});
