import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Adapter, type AdapterPayload } from "oidc-provider";

/** Somebody whom the provider knows, by the name they type there. */
export type ProviderAccount = {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
};

export type OpenIdProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By what is typed into the provider's form; may be changed while it runs. */
  accounts: Map<string, ProviderAccount>;
  /** What the product has to be told about it. */
  environment: Record<string, string>;
  close(): Promise<void>;
};

const ROLE_MAP = { "portal-admins": "administrator", "portal-managers": "manager", everybody: "viewer" } as const;

/**
 * Starts a certified provider on this machine, with a client for the portal at `portalUrl`. Every start has another
 * port.
 */
export async function startOpenIdProvider(
  portalUrl: string,
  /** Whether its tokens say when somebody signed in there although nobody asked for it. */
  { tellsAuthTime = true }: { tellsAuthTime?: boolean } = {},
): Promise<OpenIdProvider> {
  const accounts = new Map<string, ProviderAccount>();
  const clientId = "vestibule-portal";
  const clientSecret = randomBytes(24).toString("base64url");
  const { server, issuer } = await listen();
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(issuer, {
    adapter: MapAdapter,
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        require_auth_time: tellsAuthTime,
        redirect_uris: [`${portalUrl}/api/auth/organisation/callback`],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "provider-1" }] },
    cookies: { keys: [randomBytes(24).toString("base64url")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 600, Session: 3_600 },
    findAccount: (_context, name) => {
      const account = [...accounts.values()].find(({ sub }) => sub === name);
      return account === undefined ? undefined : { accountId: account.sub, claims: () => ({ ...account }) };
    },
    // Staff of the organisation are not asked whether their own portal may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    void (request.url?.startsWith("/interaction/")
      ? interact(provider, accounts, request, response)
      : answer(request, response));
  });
  return {
    issuer,
    clientId,
    clientSecret,
    accounts,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_BUTTON_LABEL: "Example University",
      OIDC_ROLE_CLAIM: "groups",
      OIDC_ROLE_MAP: JSON.stringify(ROLE_MAP),
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const FORM = `<!doctype html><title>Example University</title><h1>Example University</h1>
<form method="post"><label>User name <input name="login" autofocus></label>
<button name="answer" value="yes">Continue</button> <button name="answer" value="no">Cancel</button></form>`;

/** The provider's own sign-in page: whoever types a known name is that person. */
async function interact(
  provider: Provider,
  accounts: Map<string, ProviderAccount>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(FORM);
    return;
  }
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const form = new URLSearchParams(body);
  const account = form.get("answer") === "yes" ? accounts.get(form.get("login") ?? "") : undefined;
  const result =
    account === undefined
      ? { error: "access_denied", error_description: "The person did not sign in." }
      : { login: { accountId: account.sub } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function listen(): Promise<{ server: Server; issuer: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port.");
  return { server, issuer: `http://127.0.0.1:${address.port}` };
}

/** What the provider remembers; its own store for trials warns about itself on every start. */
class MapAdapter implements Adapter {
  static readonly rows = new Map<string, AdapterPayload>();
  constructor(readonly model: string) {}

  async upsert(id: string, payload: AdapterPayload) {
    MapAdapter.rows.set(`${this.model}:${id}`, payload);
  }
  async find(id: string) {
    return MapAdapter.rows.get(`${this.model}:${id}`);
  }
  async findByUid(uid: string) {
    return [...MapAdapter.rows].find(([key, row]) => key.startsWith(`${this.model}:`) && row.uid === uid)?.[1];
  }
  async findByUserCode() {
    return undefined;
  }
  async consume(id: string) {
    const row = MapAdapter.rows.get(`${this.model}:${id}`);
    if (row !== undefined) row.consumed = Math.floor(Date.now() / 1_000);
  }
  async destroy(id: string) {
    MapAdapter.rows.delete(`${this.model}:${id}`);
  }
  async revokeByGrantId(grantId: string) {
    for (const [key, row] of MapAdapter.rows) if (row.grantId === grantId) MapAdapter.rows.delete(key);
  }
}
