import { randomUUID } from "node:crypto";
import { type HttpAnswer, send } from "../http-client";
import { basic, type Credentials, postForm, ROOMS_PATH, tokenForm } from "../oauth-requests";
import type { Ledger, Secret } from "./ledger";
import type { PortalSession } from "./portal-session";

const MACHINES = 4;
/** Of this many tokens a caller revokes one. */
const REVOKED_OF = 3;

export type Load = {
  /** Where the machine API is. */
  baseUrl: string;
  client: Credentials;
  /** Who acts in the portal meanwhile. */
  staff: PortalSession;
  /** Called after each acknowledgement. */
  onAcknowledged(): void;
  /** True once something was killed: nobody begins anything then. */
  isOver(): boolean;
};

/** Creates a room under a key. */
export function createRoom(baseUrl: string, token: string, key: string): Promise<HttpAnswer> {
  return send(baseUrl, {
    method: "POST",
    path: ROOMS_PATH,
    body: "{}",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `"${key}"`,
    },
  });
}

/** Revokes a token as its application does (RFC 7009). */
function revoke(baseUrl: string, client: Credentials, token: string): Promise<HttpAnswer> {
  return send(baseUrl, {
    method: "POST",
    path: "/api/oauth/revoke",
    body: new URLSearchParams({ token }).toString(),
    headers: { Authorization: basic(client), "Content-Type": "application/x-www-form-urlencoded" },
  });
}

/** The token in an answer that has one. */
function tokenIn({ json }: HttpAnswer): string {
  return (json as { access_token: string }).access_token;
}

/** Makes an application that may create and list rooms for anybody. */
export async function createApplication(staff: PortalSession, name: string): Promise<Secret> {
  const details = { name, description: "", ownerContact: "", domainPolicy: "any", domains: [] };
  const input = { ...details, scopes: ["rooms:create", "rooms:list"] };
  return staff.act<Secret>("/applications/new", "createApplicationAction", input);
}

/**
 * Calls the product from all sides at once and writes down what is acknowledged, until it is over or a request gets no
 * answer. An answer that is no success is a fault at any time: whoever kills a server does not make it refuse.
 */
export async function runLoad({ baseUrl, client, staff, onAcknowledged, isOver }: Load, ledger: Ledger): Promise<void> {
  function requireStatus(answer: HttpAnswer, status: number, what: string): void {
    if (answer.status !== status) throw new Refused(`${what}: ${answer.status} ${answer.text}`);
  }

  async function machine(): Promise<void> {
    const issued = await postForm(baseUrl, tokenForm(client, ledger.email));
    requireStatus(issued, 200, "a token");
    const token = tokenIn(issued);
    ledger.tokens.add(token);
    onAcknowledged();
    const key = randomUUID();
    ledger.keys.push(key);
    const made = await createRoom(baseUrl, token, key);
    requireStatus(made, 201, "a room");
    ledger.rooms.set(key, made.text);
    onAcknowledged();
    if (ledger.tokens.size % REVOKED_OF !== 0) return;
    ledger.ending.add(token);
    requireStatus(await revoke(baseUrl, client, token), 200, "a revocation");
    ledger.revoked.add(token);
    onAcknowledged();
  }

  async function member(): Promise<void> {
    const first = await createApplication(staff, "Tortured");
    ledger.live.add(first);
    ledger.made += 1;
    onAcknowledged();
    const { applicationId } = first;
    ledger.live.delete(first);
    const rotation = { applicationId, secretIds: [first.secretId], label: "", expiresAt: "" };
    const second = await staff.act<Secret>(`/applications/${applicationId}/secrets`, "rotateSecretAction", {
      ...rotation,
      revocation: "now",
      revocationAt: "",
    });
    ledger.replaced.add(first);
    ledger.live.add(second);
    onAcknowledged();
    ledger.live.delete(second);
    await staff.act(`/applications/${applicationId}`, "setApplicationStatusAction", { applicationId, isActive: false });
    ledger.shutOut.add(second);
    onAcknowledged();
  }

  async function repeat(work: () => Promise<void>): Promise<void> {
    while (!isOver()) {
      const end = await work().catch((thrown: unknown) => thrown);
      if (end === undefined) continue;
      if (end instanceof Refused || !isCutOff(end)) throw end;
      return;
    }
  }
  await Promise.all([...Array.from({ length: MACHINES }, () => machine), member].map(repeat));
}

class Refused extends Error {}

/** Whether nobody is there any more; anything that was said is no cut. */
function isCutOff(thrown: unknown): boolean {
  return /ECONNRESET|ECONNREFUSED|socket hang up|EPIPE|aborted/.test(String(thrown));
}
