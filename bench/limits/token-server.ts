// What a token endpoint costs when it is nothing but one: bare node:http, its reads, a signature, its trace. How it reads,
// signs and writes is chosen by arguments, so that each choice has its price.
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { Pool } from "pg";
import { createBatch } from "./batch";
import { type Answer, listen } from "./http";
import { type Client, INSERT_TRACES, READ_CLIENTS, type Trace } from "./token-statements";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    database: { type: "string", default: "" },
    reads: { type: "string", default: "grouped" },
    signature: { type: "string", default: "crypto" },
    trace: { type: "string", default: "none" },
  },
});

type Asked = { clientId: string; email: string };

const TTL_SECONDS = 3_600;
const ISSUER = "http://127.0.0.1";
const pool = new Pool({ connectionString: values.database, max: 10 });
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const HEADER = Buffer.from(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid: "bench" })).toString("base64url");

async function readClients(asked: readonly Asked[]): Promise<readonly (Client | null)[]> {
  const { rows } = await pool.query<Client>({
    name: "read-clients",
    text: READ_CLIENTS,
    values: [asked.map(({ clientId }) => clientId), asked.map(({ email }) => email)],
  });
  const found = new Map(rows.map((row) => [Number(row.place), row]));
  return asked.map((_, index) => found.get(index + 1) ?? null);
}

async function insertTraces(traces: readonly Trace[]): Promise<readonly true[]> {
  const column = (name: keyof Trace) => traces.map((trace) => trace[name]);
  await pool.query({
    name: "insert-traces",
    text: INSERT_TRACES,
    values: [column("applicationId"), column("credentialId"), column("personId"), column("scope"), column("jti")],
  });
  return traces.map(() => true);
}

const readGrouped = createBatch(readClients);
const readOne = async (asked: Asked) => (await readClients([asked]))[0] ?? null;
const read = values.reads === "grouped" ? readGrouped : readOne;
const traceGrouped = createBatch(insertTraces);

async function signClaims(claims: Record<string, unknown>): Promise<string> {
  if (values.signature === "jose") {
    return new SignJWT(claims).setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "bench" }).sign(privateKey);
  }
  const content = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const signature = sign("sha256", Buffer.from(content), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}

async function answerToken(body: string): Promise<Answer> {
  const form = new URLSearchParams(body);
  const [clientId, secret, email] = ["client_id", "client_secret", "requested_subject"].map((name) => form.get(name));
  if (form.get("grant_type") !== "client_credentials" || !clientId || !email) return refusal("invalid_request");
  const client = await read({ clientId, email });
  if (client === null || !client.isActive || client.secret !== secret) return refusal("invalid_client");
  const scope = (form.get("scope") ?? "")
    .split(" ")
    .filter((name) => client.scopes.includes(name))
    .join(" ");
  const issuedAt = Math.floor(Date.now() / 1_000);
  const jti = randomUUID();
  const token = await signClaims({
    iss: ISSUER,
    aud: `${ISSUER}/api`,
    sub: client.personId,
    client_id: clientId,
    scope,
    iat: issuedAt,
    exp: issuedAt + TTL_SECONDS,
    jti,
  });
  if (values.trace === "grouped") {
    const { applicationId, credentialId, personId } = client;
    await traceGrouped({ applicationId, credentialId, personId, scope, jti });
  }
  const answer = { access_token: token, token_type: "Bearer", expires_in: TTL_SECONDS, scope };
  return { status: 200, body: JSON.stringify(answer) };
}

function refusal(error: string): Answer {
  return { status: error === "invalid_client" ? 401 : 400, body: JSON.stringify({ error }) };
}

listen(Number(values.port), (_request, body) => answerToken(body));
