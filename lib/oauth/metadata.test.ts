import { describe, expect, it } from "vitest";
import { generateSigningKey, importKeyRing, SIGNING_ALGORITHMS } from "./jose/signing-key";
import { createJwksEndpoint, createMetadataEndpoint } from "./metadata";
import { INTROSPECTION_URL, REVOCATION_URL } from "./testing/presented-token-doubles";
import { ISSUER, readAnswer, refusalAnswer, SUPPORTED_SCOPES, TOKEN_URL } from "./testing/token-endpoint-doubles";

const METADATA_URL = `${ISSUER}/.well-known/oauth-authorization-server`;
const JWKS_URL = `${ISSUER}/api/oauth/jwks`;
const deps = {
  issuer: ISSUER,
  tokenEndpoint: TOKEN_URL,
  revocationEndpoint: REVOCATION_URL,
  introspectionEndpoint: INTROSPECTION_URL,
  jwksUri: JWKS_URL,
  supportedScopes: SUPPORTED_SCOPES,
};
const get = (url: string, headers: Record<string, string> = {}) => new Request(url, { headers });
const ring = importKeyRing;

// Conformance: M01, M02
describe("authorization server metadata", () => {
  const expected = {
    status: 200,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
    },
    body: {
      issuer: "https://portal.example",
      token_endpoint: "https://portal.example/api/oauth/token",
      jwks_uri: "https://portal.example/api/oauth/jwks",
      scopes_supported: SUPPORTED_SCOPES,
      response_types_supported: [],
      requested_subject_parameter_supported: true,
      grant_types_supported: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
      revocation_endpoint: "https://portal.example/api/oauth/revoke",
      revocation_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      revocation_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
      introspection_endpoint: "https://portal.example/api/oauth/introspect",
      introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      introspection_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "Ed25519", "EdDSA"],
    },
  };

  it("lists exactly what exists", async () => {
    expect(await readAnswer(await createMetadataEndpoint(deps)(get(METADATA_URL)))).toEqual(expected);
  });

  // Conformance: M06
  it("is not moved by any header or host of the request", async () => {
    const headers = { Host: "evil.example", "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" };
    const request = get("https://evil.example/.well-known/oauth-authorization-server", headers);
    expect(await readAnswer(await createMetadataEndpoint(deps)(request))).toEqual(expected);
  });

  it("repeats the issuer byte for byte", async () => {
    const response = await createMetadataEndpoint({ ...deps, issuer: "https://Portal.example/" })(get(METADATA_URL));
    expect(JSON.parse(response.body ?? "")).toMatchObject({ issuer: "https://Portal.example/" });
  });

  it("leaves out a member that would be empty", async () => {
    const response = await createMetadataEndpoint({ ...deps, supportedScopes: [] })(get(METADATA_URL));
    expect(JSON.parse(response.body ?? "")).not.toHaveProperty("scopes_supported");
  });

  it("answers HEAD like GET without the body", async () => {
    const request = new Request(METADATA_URL, { method: "HEAD" });
    expect(await readAnswer(await createMetadataEndpoint(deps)(request))).toEqual({ ...expected, body: null });
  });

  it.each([
    "http://portal.example",
    "https://portal.example?x=1",
    "https://portal.example?",
    "https://portal.example#x",
    "http://localhost.evil.example",
    "http://notlocalhost",
    "ftp://portal.example",
    "ftp://localhost",
    "portal.example",
    "",
  ])("refuses at start the issuer '%s'", (issuer) => {
    expect(() => createMetadataEndpoint({ ...deps, issuer })).toThrow(TypeError);
  });

  it("names the documentation where there is some", async () => {
    const serviceDocumentation = `${ISSUER}/developers`;
    const answer = await readAnswer(await createMetadataEndpoint({ ...deps, serviceDocumentation })(get(METADATA_URL)));
    expect(answer.body).toMatchObject({ service_documentation: serviceDocumentation });
  });

  it.each(["http://localhost:3000", "http://127.10.20.30:3000", "http://[::1]:3000"])(
    "lets %s be the issuer",
    (issuer) => {
      expect(() => createMetadataEndpoint({ ...deps, issuer })).not.toThrow();
    },
  );
});

// Conformance: M03
describe("published keys", () => {
  it("shows the public members of every key, newest first, and can be cached", async () => {
    const jwks = await Promise.all(SIGNING_ALGORITHMS.map((alg) => generateSigningKey({ alg })));
    const [ec, rsa, ed] = jwks;
    const endpoint = createJwksEndpoint({ keyRing: () => ring({ keys: jwks }) });
    expect(await readAnswer(await endpoint(get(JWKS_URL)))).toEqual({
      status: 200,
      headers: {
        "cache-control": "public, max-age=600",
        "content-type": "application/json",
        "x-content-type-options": "nosniff",
      },
      body: {
        keys: [
          { kty: "EC", crv: "P-256", x: ec?.x, y: ec?.y, kid: ec?.kid, alg: "ES256", use: "sig" },
          { kty: "RSA", n: rsa?.n, e: "AQAB", kid: rsa?.kid, alg: "RS256", use: "sig" },
          { kty: "OKP", crv: "Ed25519", x: ed?.x, kid: ed?.kid, alg: "Ed25519", use: "sig" },
        ],
      },
    });
  });

  it.each(["GET", "HEAD"])(
    "answers %s with an error that no cache keeps when the ring fails, and tells why inside",
    async (method) => {
      const causes: unknown[] = [];
      const outage = new Error("key store at 10.0.0.5 down");
      const endpoint = createJwksEndpoint({
        keyRing: () => Promise.reject(outage),
        onError: (cause) => causes.push(cause),
      });
      const expected = refusalAnswer(500, "server_error", "The server could not complete the request.");
      const answer = await readAnswer(await endpoint(new Request(JWKS_URL, { method })));
      expect(answer).toEqual(method === "HEAD" ? { ...expected, body: null } : expected);
      expect(causes).toEqual([outage]);
    },
  );

  it("leads from such an error to its page, and needs nobody to be told", async () => {
    const keyRing = () => Promise.reject(new Error("key store down"));
    const endpoint = createJwksEndpoint({ keyRing, errorPage: `${ISSUER}/errors` });
    const { status, body } = await readAnswer(await endpoint(get(JWKS_URL)));
    expect(status).toBe(500);
    expect(body).toMatchObject({ error_uri: `${ISSUER}/errors#server_error` });
  });
});

describe("methods", () => {
  const endpoints = {
    metadata: createMetadataEndpoint(deps),
    jwks: createJwksEndpoint({ keyRing: () => Promise.reject(new Error("must not be asked")) }),
  };

  it.each(["metadata", "jwks"] as const)("%s refuses POST, PUT and DELETE with the real methods", async (name) => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect(await readAnswer(await endpoints[name](new Request(METADATA_URL, { method })))).toEqual(
        refusalAnswer(405, "invalid_request", "The method is not allowed here.", { allow: "GET, HEAD, OPTIONS" }),
      );
    }
  });

  it.each(["metadata", "jwks"] as const)("%s answers OPTIONS without any CORS field", async (name) => {
    const request = new Request(METADATA_URL, { method: "OPTIONS", headers: { Origin: "https://evil.example" } });
    expect(await readAnswer(await endpoints[name](request))).toEqual({
      status: 204,
      headers: { allow: "GET, HEAD, OPTIONS", "cache-control": "no-store", pragma: "no-cache" },
      body: null,
    });
  });
});
