import "server-only";

import { randomBytes } from "node:crypto";
import type { Config } from "@/lib/env/config";
import { randomBase62 } from "@/lib/secrets/base62";
import { createSecretFormat, type SecretFormat, secretHint } from "@/lib/secrets/secret-format";

const CLIENT_ID_LENGTH = 40;

export type NewCredentials = { clientId: string; clientSecret: string; hint: string };

/**
 * Makes a client id: 40 random letters and digits (238 bits), which need no encoding anywhere and cannot be taken for a
 * person's UUID (RFC 9068 section 5).
 */
export function generateClientId(): string {
  return randomBase62(CLIENT_ID_LENGTH, randomBytes);
}

/** Makes the credentials of a new application. The secret is the only copy. */
export function generateCredentials(config: Config): NewCredentials {
  const clientId = generateClientId();
  return { clientId, ...generateSecret(clientId, config) };
}

/** Makes one more secret for a client. It is the only copy. */
export function generateSecret(clientId: string, config: Config): { clientSecret: string; hint: string } {
  const clientSecret = clientSecretFormat(config).generate(clientId);
  return { clientSecret, hint: secretHint(clientSecret) };
}

// One for every bundle of this process, and another as soon as the configuration is another.
const KEY = Symbol.for("vestibule.client-secret-format");
const shared = globalThis as { [KEY]?: { config: Config; format: SecretFormat } };

/** Returns the format of client secrets under the master keys of a configuration. */
export function clientSecretFormat(config: Config): SecretFormat {
  if (shared[KEY]?.config !== config) {
    const format = createSecretFormat({ prefix: config.secretPrefix, masterKeys: config.masterKeys });
    shared[KEY] = { config, format };
  }
  return shared[KEY].format;
}
