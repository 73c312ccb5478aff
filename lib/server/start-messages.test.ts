import { describe, expect, it } from "vitest";
import { startMessages } from "./start-messages";

const ALONE = { workers: 1, redisUrl: undefined, surfaces: "all", databaseUrl: undefined } as const;
const LOCAL = { ...ALONE, publicUrl: "http://localhost:3000", host: "127.0.0.1", trustedProxyHops: 0 };
const PROXIED = { ...ALONE, publicUrl: "https://rooms.example.org", host: "0.0.0.0", trustedProxyHops: 1 };

const NOT_BELIEVED =
  "Warning: PUBLIC_URL is https, so a proxy is in front, but TRUSTED_PROXY_HOPS is 0: everybody counts as one address, and the failed sign-ins of one person lock out all. Set TRUSTED_PROXY_HOPS to the number of proxies.";
const COUNTED_APART =
  "Warning: WORKERS is 4, but REDIS_URL is not set: every limit counts in each worker, so all together allow up to 4 times as much. Set REDIS_URL to a Redis in which they count together.";
const notReached = (host: string, publicUrl: string) =>
  `Warning: HOST is ${host}, so other machines can connect, but PUBLIC_URL is ${publicUrl}: nobody can sign in from them. Set PUBLIC_URL to the address that people open.`;

const otherHalfMissing = (half: string) =>
  `Warning: SURFACES is ${half}, but the embedded database is open to one process: the other half is nowhere. Set DATABASE_URL to a PostgreSQL server that both halves share, or leave SURFACES out.`;

describe("a start warns of what works and will surprise somebody", () => {
  it.each([
    ["not on one machine", LOCAL, []],
    ["not behind a proxy that is believed", PROXIED, []],
    ["a proxy that is not believed", { ...PROXIED, trustedProxyHops: 0 }, [NOT_BELIEVED]],
    ["every address without a PUBLIC_URL", { ...LOCAL, host: "0.0.0.0" }, [notReached("0.0.0.0", LOCAL.publicUrl)]],
    ["the same in IPv6", { ...LOCAL, host: "::" }, [notReached("::", LOCAL.publicUrl)]],
    ["limits that count in each worker", { ...PROXIED, workers: 4 }, [COUNTED_APART]],
    ["not workers with one Redis", { ...PROXIED, workers: 4, redisUrl: "redis://localhost" }, []],
    ["a half that has no other", { ...PROXIED, surfaces: "machine" as const }, [otherHalfMissing("machine")]],
    ["the other half alone", { ...PROXIED, surfaces: "portal" as const }, [otherHalfMissing("portal")]],
    ["not halves of one database", { ...PROXIED, surfaces: "portal" as const, databaseUrl: "postgresql://db" }, []],
    ["not another name of this machine", { ...LOCAL, host: "localhost" }, []],
    ["not this machine in IPv6", { ...LOCAL, host: "::1" }, []],
  ])("%s", (_title, settings, warnings) => {
    expect(startMessages.warnings(settings)).toEqual(warnings);
  });
});

describe("the last line of a start", () => {
  const READY = "Vestibule is ready at http://localhost:3000 (listening on 127.0.0.1 port 3000).";
  it.each([
    ["all", `${READY} Sign in at http://localhost:3000/sign-in`],
    ["machine", `${READY} It answers applications only: SURFACES is machine.`],
    ["portal", `${READY} It has the portal only: SURFACES is portal. Sign in at http://localhost:3000/sign-in`],
  ] as const)("says which half it is: %s", (surfaces, expected) => {
    expect(startMessages.ready({ ...LOCAL, port: 3000, surfaces })).toBe(expected);
  });
});
