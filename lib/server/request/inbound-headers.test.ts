import { describe, expect, it } from "vitest";
import { trustedHeaders } from "./inbound-headers";

const FACTS = { clientAddress: "198.51.100.1", publicUrl: "https://rooms.example.org", policy: undefined };
const OURS = {
  host: "rooms.example.org",
  "x-forwarded-for": "198.51.100.1",
  "x-forwarded-host": "rooms.example.org",
  "x-forwarded-proto": "https",
};

describe("trustedHeaders", () => {
  // Conformance: S08
  it.each([
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "forwarded",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "x-user-email",
    "x-request-id",
    "x-middleware-subrequest",
    "x-middleware-rewrite",
    "x-middleware-set-cookie",
    "x-nextjs-data",
    "x-nextjs-rewritten-path",
    "x-next-revalidate-tag-token",
    "x-prerender-revalidate",
    "x-invoke-path",
    "x-matched-path",
    "x-now-route-matches",
    "x-original-url",
    "x-rewrite-url",
    "x-http-method-override",
    "next-resume",
    "content-security-policy",
    "content-security-policy-report-only",
  ])("drops %s as a client sent it", (name) => {
    expect(trustedHeaders({ [name]: "forged", accept: "*/*" }, FACTS)).toEqual({ accept: "*/*", ...OURS });
  });

  it("keeps what the application and Next's own client need", () => {
    const needed = {
      authorization: "Bearer a.b.c",
      cookie: "a=1",
      "content-type": "text/plain",
      origin: "https://rooms.example.org",
      "next-action": "0a",
      "next-router-state-tree": "[]",
      "next-url": "/",
      rsc: "1",
      "idempotency-key": '"k"',
      "sec-fetch-site": "same-origin",
    };
    expect(trustedHeaders(needed, FACTS)).toEqual({ ...needed, ...OURS });
  });

  it("hands the page's policy to Next, which takes the nonce from it", () => {
    expect(trustedHeaders({}, { ...FACTS, policy: "script-src 'nonce-a'" })["content-security-policy"]).toBe(
      "script-src 'nonce-a'",
    );
  });

  // Conformance: M06
  it.each([
    ["our own", "rooms.example.org", "https://rooms.example.org", "rooms.example.org"],
    ["our own in capitals", "ROOMS.example.org", "https://rooms.example.org", "rooms.example.org"],
    ["a foreign one", "evil.example", "https://rooms.example.org", "rooms.example.org"],
    ["an address, as probes send", "10.1.2.3:3000", "https://rooms.example.org", "rooms.example.org"],
    ["our own on another port", "rooms.example.org:81", "https://rooms.example.org", "rooms.example.org"],
    ["a loopback one for a public portal", "localhost:3000", "https://rooms.example.org", "rooms.example.org"],
    ["a loopback one on this machine", "127.0.0.1:3000", "http://localhost:3000", "127.0.0.1:3000"],
    ["a loopback one through a tunnel", "localhost:8080", "http://localhost:3000", "localhost:8080"],
    ["an IPv6 loopback one", "[::1]:3000", "http://localhost:3000", "[::1]:3000"],
    ["a foreign one on this machine", "evil.example:3000", "http://localhost:3000", "localhost:3000"],
    ["one that begins like loopback", "localhost.evil.example", "http://localhost:3000", "localhost:3000"],
    ["one with a path in it", "localhost:3000/x", "http://localhost:3000", "localhost:3000"],
    ["one with a user in it", "localhost@evil.example", "http://localhost:3000", "localhost:3000"],
    ["none at all", undefined, "http://localhost:3000", "localhost:3000"],
  ])("given %s passes on what the configuration allows", (_title, host, publicUrl, expected) => {
    const headers = trustedHeaders({ host }, { ...FACTS, publicUrl });
    expect([headers.host, headers["x-forwarded-host"]]).toEqual([expected, expected]);
  });
});
