// What creating and listing rooms costs without a product around it: bare node:http on the product's tables, with the
// product's tokens.
import { createPublicKey, randomInt, randomUUID, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { type Answer, listen } from "./http";
import { ROOM_STATEMENTS } from "./room-statements";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    database: { type: "string", default: "" },
    jwks: { type: "string", default: "" },
  },
});

type Claims = { client_id: string; sub: string; credential_id: string; jti: string; exp: number; cv: number };
type Authority = {
  applicationId: string;
  personId: string | null;
  isActive: boolean;
  hasSecret: boolean;
  isRevoked: boolean;
  isPersonActive: boolean;
  credentialVersion: number;
  scopes: string[];
};
type Room = { id: string; name: string; slug: string; access_level: string; configuration: unknown };
type Caller = Authority & { personId: string };

const pool = new Pool({ connectionString: values.database, max: 10 });
const [jwk] = JSON.parse(values.jwks).keys;
const publicKey = createPublicKey({ key: jwk, format: "jwk" });

/** Statements are planned once for each connection, under their names. */
const named = (name: keyof typeof ROOM_STATEMENTS, parameters: unknown[]) => ({
  name,
  text: ROOM_STATEMENTS[name],
  values: parameters,
});

function readClaims(request: IncomingMessage): Claims | undefined {
  const [header, payload, signature] = (request.headers.authorization ?? "").replace("Bearer ", "").split(".");
  if (header === undefined || payload === undefined || signature === undefined) return undefined;
  const key = { key: publicKey, dsaEncoding: "ieee-p1363" as const };
  const isOurs = verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  const claims: Claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return isOurs && claims.exp > Date.now() / 1_000 ? claims : undefined;
}

async function authorise(request: IncomingMessage, scope: string): Promise<Caller | undefined> {
  const claims = readClaims(request);
  if (claims === undefined) return undefined;
  const parameters = [claims.client_id, claims.credential_id, claims.sub, claims.jti];
  const { rows } = await pool.query<Authority>(named("READ_AUTHORITY", parameters));
  const [found] = rows;
  if (!found?.isActive || !found.hasSecret || found.isRevoked || !found.isPersonActive) return undefined;
  if (found.personId === null || found.credentialVersion !== claims.cv || !found.scopes.includes(scope))
    return undefined;
  return { ...found, personId: found.personId };
}

async function createRoom({ applicationId, personId }: Caller): Promise<Answer> {
  const name = slug();
  const changes = { slug: change(name), name: change(name), accessLevel: change("trusted") };
  const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
  const parameters = [ids[0], name, personId, applicationId, ids[1], ids[2], JSON.stringify(changes)];
  const { rows } = await pool.query<Room>(named("INSERT_ROOM", parameters));
  const [room] = rows;
  if (room === undefined) throw new Error("The slug was taken.");
  return { status: 201, body: JSON.stringify(represent(room)) };
}

async function listRooms({ personId }: Caller): Promise<Answer> {
  const { rows } = await pool.query<Room & { count: number }>(named("LIST_ROOMS", [personId]));
  const results = rows.map(({ count: _, ...room }) => represent(room));
  const answer = { count: rows[0]?.count ?? 0, next: null, previous: null, results };
  return { status: 200, body: JSON.stringify(answer) };
}

function change(after: string): { before: null; after: string } {
  return { before: null, after };
}

function represent(room: Room): Room & { url: string } {
  return { ...room, url: `http://127.0.0.1/r/${room.slug}` };
}

/** `xxx-xxxx-xxx`. */
function slug(): string {
  const letters = (count: number) =>
    Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join("");
  return `${letters(3)}-${letters(4)}-${letters(3)}`;
}

listen(Number(values.port), async (request) => {
  const isCreation = request.method === "POST";
  const caller = await authorise(request, isCreation ? "rooms:create" : "rooms:list");
  if (caller === undefined) return { status: 401, body: "{}" };
  return isCreation ? createRoom(caller) : listRooms(caller);
});
