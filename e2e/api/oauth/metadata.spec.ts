import { expect, test } from "@playwright/test";
import { send } from "../../support/http-client";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
const PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource/api/external/rooms";
const JWKS = "/api/oauth/jwks";
const SCOPES = ["rooms:create", "rooms:list", "rooms:retrieve", "rooms:update", "rooms:delete"];

test.describe("published documents", () => {
  // Conformance: M01, M02
  test("describes the authorization server and nothing that does not exist", async () => {
    const answer = await send(baseURL, { path: AUTHORIZATION_SERVER });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    expect(answer.json).toEqual({
      issuer: baseURL,
      token_endpoint: `${baseURL}/api/oauth/token`,
      jwks_uri: `${baseURL}${JWKS}`,
      response_types_supported: [],
      requested_subject_parameter_supported: true,
      grant_types_supported: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      service_documentation: `${baseURL}/developers/reference`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
      revocation_endpoint: `${baseURL}/api/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      revocation_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
      introspection_endpoint: `${baseURL}/api/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      introspection_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
      scopes_supported: SCOPES,
    });
  });

  // Conformance: M03
  test("publishes public keys only, for caches to keep", async () => {
    const answer = await send(baseURL, { path: JWKS });
    const { keys } = answer.json as { keys: Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    }
    const maxAge = Number(/max-age=(\d+)/.exec(String(answer.headers["cache-control"]))?.[1]);
    expect(maxAge).toBeGreaterThanOrEqual(300);
    expect(maxAge).toBeLessThanOrEqual(3600);
  });

  // Conformance: M04
  test("describes the protected resource", async () => {
    const answer = await send(baseURL, { path: PROTECTED_RESOURCE });
    expect(answer.json).toEqual({
      resource: `${baseURL}/api/external/rooms`,
      resource_name: "Vestibule external API: rooms",
      resource_documentation: `${baseURL}/developers/reference`,
      authorization_servers: [baseURL],
      bearer_methods_supported: ["header"],
      scopes_supported: SCOPES,
    });
  });

  for (const path of [AUTHORIZATION_SERVER, PROTECTED_RESOURCE, JWKS]) {
    // Conformance: M06
    test(`builds ${path} from the configuration, whatever Host says`, async () => {
      const honest = await send(baseURL, { path });
      const headers = { Host: "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp" };
      const answer = await send(baseURL, { path, headers });
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect(answer.text).toBe(honest.text);
      expect(answer.text).not.toContain("evil.example");
    });

    test(`answers POST to ${path} with 405 and the methods that exist`, async () => {
      const answer = await send(baseURL, { method: "POST", path });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
    });
  }
});
