import { afterEach, describe, expect, it, vi } from "vitest";
import { createSignInThrottle, type Guesser } from "./sign-in-throttle";

const ANA = { email: "ana@example.com", address: "192.0.2.1" };
const THROTTLED = { code: "unavailable", reason: "sign_in_throttled" };

const wrong = async () => undefined;
const right = async () => "proof";

async function fail(throttle: ReturnType<typeof createSignInThrottle>, who: Guesser, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await throttle.attempt(who, wrong);
}

afterEach(() => {
  vi.useRealTimers();
});

describe("createSignInThrottle", () => {
  it("refuses the sixth attempt after five failures, right or wrong, without checking it", async () => {
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    const check = vi.fn(right);
    await expect(throttle.attempt(ANA, check)).rejects.toMatchObject(THROTTLED);
    expect(check).not.toHaveBeenCalled();
  });

  it("forgets the failures of an e-mail once it signed in", async () => {
    const throttle = createSignInThrottle();
    for (let round = 0; round < 4; round += 1) {
      await fail(throttle, ANA, 4);
      expect(await throttle.attempt(ANA, right)).toBe("proof");
    }
  });

  it("lets the owner in from another network", async () => {
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    expect(await throttle.attempt({ ...ANA, address: "198.51.100.1" }, right)).toBe("proof");
  });

  it("lets a colleague in from the same network", async () => {
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    expect(await throttle.attempt({ ...ANA, email: "bob@example.com" }, right)).toBe("proof");
  });

  it("refuses a network after thirty failures under as many names", async () => {
    const throttle = createSignInThrottle();
    for (let index = 0; index < 30; index += 1) await fail(throttle, { ...ANA, email: `${index}@example.com` }, 1);
    await expect(throttle.attempt({ ...ANA, email: "new@example.com" }, right)).rejects.toMatchObject(THROTTLED);
  });

  it("lets a session and a known browser in, whatever strangers at the same address have failed at", async () => {
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    for (let index = 0; index < 25; index += 1) await fail(throttle, { ...ANA, email: `${index}@example.com` }, 1);
    await expect(throttle.attempt(ANA, right)).rejects.toMatchObject(THROTTLED);
    expect(await throttle.attempt({ deviceId: "d-1" }, right)).toBe("proof");
    expect(await throttle.attempt({ sessionId: "s-1" }, right)).toBe("proof");
  });

  it.each([
    ["a session", { sessionId: "s-1" }, { sessionId: "s-2" }],
    ["a known browser", { deviceId: "d-1" }, { deviceId: "d-2" }],
  ])("refuses the sixth attempt of %s, and of no other", async (_what, who, other) => {
    const throttle = createSignInThrottle();
    await fail(throttle, who, 5);
    await expect(throttle.attempt(who, right)).rejects.toMatchObject(THROTTLED);
    expect(await throttle.attempt(other, right)).toBe("proof");
    expect(await throttle.attempt(ANA, right)).toBe("proof");
  });

  it("refuses an e-mail after twenty failures from as many networks of one IPv6 /48, and lets its owner in from another", async () => {
    const throttle = createSignInThrottle();
    for (let index = 0; index < 20; index += 1) await fail(throttle, { ...ANA, address: `2001:db8:1:${index}::1` }, 1);
    await expect(throttle.attempt({ ...ANA, address: "2001:db8:1:ffff::1" }, right)).rejects.toMatchObject(THROTTLED);
    expect(await throttle.attempt({ ...ANA, address: "2001:db8:2::1" }, right)).toBe("proof");
  });

  it("refuses a /48 after 120 failures under as many names from as many of its networks", async () => {
    const throttle = createSignInThrottle();
    const stranger = (index: number) => ({ email: `${index}@example.com`, address: `2001:db8:1:${index}::1` });
    for (let index = 0; index < 120; index += 1) await fail(throttle, stranger(index), 1);
    await expect(throttle.attempt(stranger(120), right)).rejects.toMatchObject(THROTTLED);
    expect(await throttle.attempt({ email: "new@example.com", address: "2001:db8:2::1" }, right)).toBe("proof");
  });

  it("counts an attempt that the /48 refuses for none of its networks", async () => {
    const throttle = createSignInThrottle();
    const names = (prefix: string) => (index: number) => ({
      email: `${prefix}${index}@example.com`,
      address: `2001:db8:1:${index % 8}::1`,
    });
    for (let index = 0; index < 120; index += 1) await fail(throttle, names("a")(index), 1);
    const check = vi.fn(right);
    for (let index = 0; index < 50; index += 1) await throttle.attempt(names("b")(index), check).catch(() => {});
    expect(check).not.toHaveBeenCalled();
  });

  it("does not count attempts that were refused for one e-mail against its network", async () => {
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    for (let index = 0; index < 100; index += 1) await throttle.attempt(ANA, wrong).catch(() => {});
    expect(await throttle.attempt({ ...ANA, email: "bob@example.com" }, right)).toBe("proof");
  });

  it("does not count successes, however many share a network", async () => {
    const throttle = createSignInThrottle();
    for (let index = 0; index < 100; index += 1) {
      expect(await throttle.attempt({ ...ANA, email: `${index}@example.com` }, right)).toBe("proof");
    }
  });

  it("checks no more than five of a hundred guesses sent at once for one e-mail", async () => {
    const throttle = createSignInThrottle();
    const check = vi.fn(wrong);
    const guesses = Array.from({ length: 100 }, () => throttle.attempt(ANA, check).catch(() => "throttled"));
    expect((await Promise.all(guesses)).filter((answer) => answer === "throttled")).toHaveLength(95);
    expect(check).toHaveBeenCalledTimes(5);
  });

  it("checks no more than thirty of a hundred guesses sent at once under different names", async () => {
    const throttle = createSignInThrottle();
    const check = vi.fn(wrong);
    const guesses = Array.from({ length: 100 }, (_, index) =>
      throttle.attempt({ ...ANA, email: `${index}@example.com` }, check).catch(() => "throttled"),
    );
    expect((await Promise.all(guesses)).filter((answer) => answer === "throttled")).toHaveLength(70);
    expect(check).toHaveBeenCalledTimes(30);
  });

  it("lets an e-mail sign in twenty times at once", async () => {
    const throttle = createSignInThrottle();
    const answers = await Promise.all(Array.from({ length: 20 }, () => throttle.attempt(ANA, right)));
    expect(answers).toEqual(Array(20).fill("proof"));
  });

  it("passes an outage on and counts it for nothing", async () => {
    const throttle = createSignInThrottle();
    const outage = new Error("the database is gone");
    for (let index = 0; index < 50; index += 1) {
      await expect(throttle.attempt(ANA, () => Promise.reject(outage))).rejects.toBe(outage);
    }
    expect(await throttle.attempt(ANA, right)).toBe("proof");
  });

  it("lets attempts through again fifteen minutes after the first failure, and not before", async () => {
    vi.useFakeTimers();
    const throttle = createSignInThrottle();
    await fail(throttle, ANA, 5);
    vi.advanceTimersByTime(15 * 60_000 - 1);
    await expect(throttle.attempt(ANA, right)).rejects.toMatchObject(THROTTLED);
    vi.advanceTimersByTime(2);
    expect(await throttle.attempt(ANA, right)).toBe("proof");
  });
});
