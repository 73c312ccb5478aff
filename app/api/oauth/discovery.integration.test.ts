import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as metadataRoute from "@/app/.well-known/oauth-authorization-server/route";
import * as resourceRoute from "@/app/.well-known/oauth-protected-resource/api/external/rooms/route";
import * as introspectRoute from "@/app/api/oauth/introspect/route";
import * as jwksRoute from "@/app/api/oauth/jwks/route";
import * as revokeRoute from "@/app/api/oauth/revoke/route";
import * as tokenRoute from "@/app/api/oauth/token/route";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, memberOf, send } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
beforeEach(() => setConfig(testConfig()));
afterEach(() => setConfig(undefined));

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const routes = {
  "/.well-known/oauth-authorization-server": { route: metadataRoute, allow: ["GET", "HEAD", "OPTIONS"] },
  "/.well-known/oauth-protected-resource/api/external/rooms": {
    route: resourceRoute,
    allow: ["GET", "HEAD", "OPTIONS"],
  },
  "/api/oauth/jwks": { route: jwksRoute, allow: ["GET", "HEAD", "OPTIONS"] },
  "/api/oauth/token": { route: tokenRoute, allow: ["POST", "OPTIONS"] },
  "/api/oauth/revoke": { route: revokeRoute, allow: ["POST", "OPTIONS"] },
  "/api/oauth/introspect": { route: introspectRoute, allow: ["POST", "OPTIONS"] },
};

function ask(
  path: keyof typeof routes,
  method: (typeof METHODS)[number] = "GET",
  headers: Record<string, string> = {},
) {
  return send(routes[path].route[method], new Request(`http://localhost:3000${path}`, { method, headers }));
}

describe("authorization server metadata", () => {
  // Conformance: M01, M02
  it("names what exists and nothing else", async () => {
    expect(await ask("/.well-known/oauth-authorization-server")).toMatchObject({
      status: 200,
      json: {
        issuer: "http://localhost:3000",
        token_endpoint: "http://localhost:3000/api/oauth/token",
        jwks_uri: "http://localhost:3000/api/oauth/jwks",
        response_types_supported: [],
        requested_subject_parameter_supported: true,
        grant_types_supported: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
        service_documentation: "http://localhost:3000/developers/reference",
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
        revocation_endpoint: "http://localhost:3000/api/oauth/revoke",
        revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        revocation_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
        introspection_endpoint: "http://localhost:3000/api/oauth/introspect",
        introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        introspection_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
        scopes_supported: ["rooms:create", "rooms:list", "rooms:retrieve", "rooms:update", "rooms:delete"],
      },
    });
  });

  // Conformance: M06
  it("is not changed by any header of the request", async () => {
    const plain = await ask("/.well-known/oauth-authorization-server");
    const headers = { Host: "evil.example", "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" };
    expect(await ask("/.well-known/oauth-authorization-server", "GET", headers)).toEqual(plain);
  });
});

describe("protected resource metadata", () => {
  // Conformance: M04
  it("is exactly what RFC 9728 asks for", async () => {
    const answer = await ask("/.well-known/oauth-protected-resource/api/external/rooms");
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(answer.json).toEqual({
      resource: "http://localhost:3000/api/external/rooms",
      authorization_servers: ["http://localhost:3000"],
      scopes_supported: ["rooms:create", "rooms:list", "rooms:retrieve", "rooms:update", "rooms:delete"],
      bearer_methods_supported: ["header"],
      resource_name: "Vestibule external API: rooms",
      resource_documentation: "http://localhost:3000/developers/reference",
    });
  });
});

describe("the key set", () => {
  // Conformance: M03
  it("publishes public members only and may be cached", async () => {
    const answer = await ask("/api/oauth/jwks");
    const key = { kty: "EC", crv: "P-256", x: expect.any(String), y: expect.any(String) };
    expect(answer.json).toEqual({ keys: [{ ...key, kid: expect.any(String), alg: "ES256", use: "sig" }] });
    expect(answer.headers["cache-control"]).toBe("public, max-age=600");
  });
});

describe.each(Object.entries(routes))("%s", (path, { route, allow }) => {
  it.each(METHODS.filter((method) => !allow.includes(method)))(
    "refuses %s with 405 and the real methods",
    async (method) => {
      const answer = await send(route[method], new Request(`http://localhost:3000${path}`, { method }));
      expect([answer.status, answer.headers.allow]).toEqual([405, allow.join(", ")]);
      expect(answer.text === "").toBe(method === "HEAD");
    },
  );

  // Conformance: N48
  it("answers OPTIONS with the real methods and without CORS", async () => {
    const request = new Request(`http://localhost:3000${path}`, { method: "OPTIONS" });
    const answer = await send(route.OPTIONS, request);
    expect([answer.status, answer.headers.allow]).toEqual([204, allow.join(", ")]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("is not there when the external API is switched off", async () => {
    setConfig(testConfig({ externalApi: { ...testConfig().externalApi, enabled: false } }));
    for (const method of METHODS) {
      const answer = await send(route[method], new Request(`http://localhost:3000${path}`, { method }));
      expect([method, answer.status, memberOf(answer.json, "detail")]).toEqual([
        method,
        404,
        method === "HEAD" ? undefined : "Not found.",
      ]);
    }
  });
});

describe("the machine of the process", () => {
  it("is one as long as the configuration is one", () => {
    const first = m2mApi();
    expect(m2mApi()).toBe(first);
    setConfig(testConfig());
    expect(m2mApi()).not.toBe(first);
  });

  it("gives tokens through the route", async () => {
    const client = await createTestClient();
    expect((await askForToken({ tokenEndpoint: tokenRoute.POST }, client)).status).toBe(200);
  });

  it("does not start with an issuer that RFC 8414 forbids", () => {
    setConfig(testConfig({ tokenIssuer: "http://portal.example" }));
    expect(() => m2mApi()).toThrow(TypeError);
  });
});
