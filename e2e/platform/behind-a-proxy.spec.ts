import { expect, test } from "@playwright/test";
import { send } from "../support/http-client";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";

let server: OwnServer;

test.beforeAll(async () => {
  const PUBLIC_URL = "https://rooms.example.org";
  server = await startOwnServer({ DATA_DIR: copyDataDirectory("proxy"), PUBLIC_URL, TRUSTED_PROXY_HOPS: "1" });
  await server.ready;
});
test.afterAll(async () => {
  server.process.kill("SIGTERM");
  await server.exited;
});

// Conformance: N20
test("credentials that reached the proxy in the clear are refused without a redirect", async () => {
  const answer = await send(server.baseUrl, {
    method: "POST",
    path: "/api/oauth/token",
    headers: { "X-Forwarded-Proto": "http", "Content-Type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.location).toBeUndefined();
  expect(answer.json).toEqual({
    error: "invalid_request",
    error_description: "Use https: credentials must not travel in the clear.",
    error_uri: "https://rooms.example.org/developers/errors#invalid_request",
    detail: "Use https: credentials must not travel in the clear.",
  });
});

// Conformance: M06
test("documents are built from the configuration, whatever Host and X-Forwarded-Host say", async () => {
  const path = "/.well-known/oauth-authorization-server";
  const plain = await send(server.baseUrl, { path });
  const forged = await send(server.baseUrl, {
    path,
    headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https" },
  });
  expect(forged.json).toEqual(plain.json);
  expect(forged.json).toMatchObject({ issuer: "https://rooms.example.org" });
});

test("the portal under another name says where it is, in both languages; under its own it is there", async () => {
  const elsewhere = await send(server.baseUrl, { path: "/sign-in", headers: { Host: "portal.example" } });
  expect([elsewhere.status, elsewhere.headers["content-type"]]).toEqual([421, "text/html; charset=utf-8"]);
  expect(elsewhere.text).toContain("The portal has another address");
  expect(elsewhere.text).toContain("Le portail a une autre adresse");
  expect(elsewhere.text).toContain('<a href="https://rooms.example.org">');
  const here = await send(server.baseUrl, { path: "/sign-in", headers: { Host: "rooms.example.org" } });
  expect(here.status).toBe(200);
});

test("browsers are kept on https, probes by address over http work", async () => {
  const answer = await send(server.baseUrl, { path: "/api/health/live", headers: { Host: "10.0.0.7:3000" } });
  expect(answer.json).toEqual({ status: "live" });
  expect(answer.headers["strict-transport-security"]).toBe("max-age=31536000");
});
