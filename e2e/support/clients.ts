import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Credentials } from "./oauth-requests";

const FILE = "e2e/.auth/clients.json";

/** The applications that the API specs call with, made through the portal once per run. */
export const CLIENTS = {
  /** Every scope, any domain. */
  full: { scopes: ["rooms:create", "rooms:list", "rooms:retrieve", "rooms:update", "rooms:delete"], domains: [] },
  /** Two scopes, one domain. */
  limited: { scopes: ["rooms:create", "rooms:list"], domains: ["example.com"] },
  /** May act for anyone, but may do nothing. */
  unscoped: { scopes: [], domains: [] },
  /** Deactivated after its secret was handed out. */
  inactive: { scopes: ["rooms:list"], domains: [] },
} as const satisfies Record<string, { scopes: readonly string[]; domains: readonly string[] }>;

export type ClientName = keyof typeof CLIENTS;

/**
 * Keeps the credentials for the specs of this run, in a folder that git ignores. They open a database that is thrown
 * away.
 */
export function writeClients(clients: Record<ClientName, Credentials>): void {
  mkdirSync("e2e/.auth", { recursive: true });
  writeFileSync(FILE, JSON.stringify(clients), { mode: 0o600 });
}

/** Returns the credentials of the application called `name`. */
export function client(name: ClientName): Credentials {
  const clients = JSON.parse(readFileSync(FILE, "utf8")) as Record<ClientName, Credentials>;
  return clients[name];
}
