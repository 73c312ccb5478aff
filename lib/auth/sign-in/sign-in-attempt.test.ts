import { describe, expect, it } from "vitest";
import { noteSignInOutcome, observeSignIn } from "./sign-in-attempt";

const SIGNED_IN = { signedIn: { email: "ana@example.com" } };

describe("observeSignIn", () => {
  it("returns who signed in", async () => {
    expect(await observeSignIn(async () => noteSignInOutcome(SIGNED_IN))).toEqual(SIGNED_IN);
  });

  it("returns why nobody did, not what next-auth made of it", async () => {
    const reason = new Error("sign_in_throttled");
    const outcome = await observeSignIn(async () => {
      noteSignInOutcome({ error: reason });
      throw new Error("CredentialsSignin");
    });
    expect(outcome).toEqual({ error: reason });
  });

  it("returns a failure although next-auth returns an address, as for a request that asks for no redirect", async () => {
    const reason = new Error("sign_in_failed");
    const outcome = await observeSignIn(async () => {
      noteSignInOutcome({ error: reason });
      return "http://localhost:3000/api/auth/callback/credentials?";
    });
    expect(outcome).toEqual({ error: reason });
  });

  it("knows nothing when the credentials were never checked, as under a broken configuration", async () => {
    expect(await observeSignIn(async () => "http://localhost:3000/sign-in?error=Configuration")).toBeUndefined();
  });

  it("is a failure when the cookie could not be set after the check", async () => {
    const outage = new Error("headers were sent");
    const outcome = await observeSignIn(async () => {
      noteSignInOutcome(SIGNED_IN);
      throw outage;
    });
    expect(outcome).toEqual({ error: outage });
  });

  it("keeps attempts at the same time apart", async () => {
    const attempts = Array.from({ length: 20 }, (_, index) =>
      observeSignIn(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        noteSignInOutcome({ signedIn: { email: String(index) } });
      }),
    );
    const emails = (await Promise.all(attempts)).map(
      (outcome) => outcome && "signedIn" in outcome && outcome.signedIn.email,
    );
    expect(emails).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  it("does nothing outside of an attempt", () => {
    expect(() => noteSignInOutcome(SIGNED_IN)).not.toThrow();
  });
});
