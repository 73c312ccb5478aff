// oidc-provider as its documentation sets it up for machines: everything in memory, access tokens are JWTs signed with
// ES256, secrets are compared as they are.
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";

const { PORT, CLIENTS } = process.env;
const resource = "https://api.bench.example";
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: JSON.parse(CLIENTS).map(({ clientId, clientSecret }) => ({
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: "client_secret_post",
  })),
  // There is no RSA key that the default could be signed with.
  clientDefaults: { id_token_signed_response_alg: "ES256" },
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "bench", alg: "ES256", use: "sig" }] },
  scopes: ["rooms:create", "rooms:list"],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      getResourceServerInfo: () => ({
        scope: "rooms:create rooms:list",
        audience: resource,
        accessTokenFormat: "jwt",
        accessTokenTTL: 3_600,
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
});

provider.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
