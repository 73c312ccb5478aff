import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** What is not as it should be about the provider's answers. */
type Lie = {
  /** Over the claims of an honest token; `undefined` leaves one out. */
  claims?: Record<string, unknown>;
  isForeignKey?: boolean;
  isUnsigned?: boolean;
  isMissing?: boolean;
  isDown?: boolean;
  issuer?: string;
};

export type LyingProvider = { issuer: string; nonce: string; lie: Lie; close(): Promise<void> };

/** Starts a provider that takes every code and answers with whatever token a test wants it to. */
export async function startLyingProvider(): Promise<LyingProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const published = { ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256", use: "sig" };
  const server = createServer(async (request, response) => {
    const { lie } = provider;
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration") return send(200, metadata(lie.issuer ?? provider.issuer));
    if (request.url === "/jwks") return send(200, { keys: [published] });
    if (lie.isDown) return send(503, {});
    const idToken = await sign();
    return send(200, {
      access_token: "canary-access-token",
      token_type: "Bearer",
      ...(lie.isMissing ? {} : { id_token: idToken }),
    });
  });

  function metadata(issuer: string) {
    return {
      issuer,
      authorization_endpoint: `${provider.issuer}/auth`,
      token_endpoint: `${provider.issuer}/token`,
      jwks_uri: `${provider.issuer}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }

  async function sign(): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const honest = {
      iss: provider.issuer,
      sub: "ana",
      aud: "vestibule-portal",
      iat: now,
      exp: now + 60,
      nonce: provider.nonce,
      auth_time: 1_700_000_000,
      email: "ana@example.org",
      email_verified: true,
      name: "Ana",
      groups: ["staff"],
    };
    const claims = JSON.parse(JSON.stringify({ ...honest, ...provider.lie.claims })) as Record<string, unknown>;
    if (provider.lie.isUnsigned) {
      const parts = [{ alg: "none" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
      return `${parts.join(".")}.`;
    }
    const { privateKey } = provider.lie.isForeignKey ? foreign : own;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(privateKey);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port.");
  const provider: LyingProvider = {
    issuer: `http://127.0.0.1:${address.port}`,
    nonce: "",
    lie: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
