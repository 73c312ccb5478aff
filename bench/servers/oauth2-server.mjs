// @node-oauth/oauth2-server on bare node:http. It gives out random text and leaves storing to its model: here maps in
// memory, which is the least that it can cost.
import { createServer } from "node:http";
import OAuth2Server from "@node-oauth/oauth2-server";

const { PORT, CLIENTS } = process.env;
const clients = new Map(
  JSON.parse(CLIENTS).map(({ clientId, clientSecret }) => [
    clientId,
    { id: clientId, secret: clientSecret, grants: ["client_credentials"], scopes: ["rooms:create", "rooms:list"] },
  ]),
);
const tokens = new Map();
/** More than are live in the time of a run; without a bound they would fill the memory. */
const TOKENS_MAX = 100_000;

const server = new OAuth2Server({
  model: {
    getClient: async (id, secret) => {
      const client = clients.get(id);
      return client?.secret === secret ? client : null;
    },
    getUserFromClient: async (client) => ({ id: client.id }),
    validateScope: async (_user, client, scope) => scope?.every((name) => client.scopes.includes(name)) && scope,
    saveToken: async (token, client, user) => {
      if (tokens.size >= TOKENS_MAX) tokens.clear();
      const stored = { ...token, client, user };
      tokens.set(token.accessToken, stored);
      return stored;
    },
    getAccessToken: async (token) => tokens.get(token),
  },
});

createServer((incoming, outgoing) => {
  let body = "";
  incoming.setEncoding("utf8").on("data", (chunk) => {
    body += chunk;
  });
  incoming.on("end", async () => {
    const { method = "GET", headers } = incoming;
    const form = Object.fromEntries(new URLSearchParams(body));
    const request = new OAuth2Server.Request({ method, headers, query: {}, body: form });
    const response = new OAuth2Server.Response({});
    // What it refuses it has put into the response.
    await server.token(request, response).catch(() => {});
    const text = JSON.stringify(response.body);
    outgoing.writeHead(response.status, { ...response.headers, "Content-Type": "application/json" });
    outgoing.end(text);
  });
}).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
