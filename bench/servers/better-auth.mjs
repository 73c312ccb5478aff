// better-auth with its plugin for OAuth providers, in memory: access tokens are JWTs signed with ES256.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";

const { PORT, CLIENTS } = process.env;
const origin = `http://127.0.0.1:${PORT}`;
const resource = "https://api.bench.example";
const scopes = ["rooms:create", "rooms:list"];
const database = new Proxy({}, { get: (tables, name) => (tables[name] ??= []) });

const auth = betterAuth({
  baseURL: origin,
  secret: "a secret of the bench, which guards nothing at all",
  database: memoryAdapter(database),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: "error" },
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: "ES256" } } }),
    oauthProvider({
      scopes,
      resources: [resource],
      // Every client may ask for a token for it.
      enforcePerClientResources: false,
      loginPage: "/sign-in",
      consentPage: "/consent",
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
});
const { adapter } = await auth.$context;
for (const { clientId, clientSecret } of JSON.parse(CLIENTS)) {
  const data = {
    clientId,
    // As the plugin stores them by default.
    clientSecret: createHash("sha256").update(clientSecret).digest("base64url"),
    redirectUris: [],
    grantTypes: ["client_credentials"],
    tokenEndpointAuthMethod: "client_secret_post",
    clientCredentialsScopes: scopes,
    scopes,
    disabled: false,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  await adapter.create({ model: "oauthClient", data });
}
const handle = toNodeHandler(auth);
createServer((request, response) => void handle(request, response)).listen(Number(PORT), "127.0.0.1", () =>
  console.log("ready"),
);
