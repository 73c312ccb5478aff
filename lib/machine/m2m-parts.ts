import "server-only";

import { createGroupReader } from "@/lib/db/group-read/create-group-reader";
import type { Config } from "@/lib/env/config";
import { readSigningKeyFile, signingKeyFileVersion } from "@/lib/env/keys/signing-keys";
import { log } from "@/lib/observability/logger";
import { observe } from "@/lib/observability/metrics/metrics";
import { nameOfSupports } from "./authority/read-authorities";
import { type ClientQuestion, nameOfClientQuestion } from "./client/client-record";
import { createCredentialUseRecorder } from "./client/credential-use";
import { createClientKeyReader } from "./client/published-keys";
import { createSubjectReader } from "./client/read-subject";
import { createM2mActivity } from "./m2m-activity";
import { defaultPorts, type M2mPorts } from "./m2m-ports";
import { createKeyRingSource } from "./token/create-key-ring-source";

/** What one machine API reaches, and what it keeps between requests. */
export type M2mParts = ReturnType<typeof createM2mParts>;

/** Makes the parts of a machine API on a configuration. `overrides` replace single ports, for tests. */
export function createM2mParts(configuration: Config, overrides: Partial<M2mPorts>) {
  const ports: M2mPorts = { ...defaultPorts(configuration), ...overrides };
  const { now } = ports;
  const readClient = createGroupReader({
    name: "read client",
    // The moment at which a read begins is the one at which its secrets have to be live.
    read: (questions: readonly ClientQuestion[]) => {
      observe("vestibule_group_read_size", questions.length, { read: "client" });
      return ports.readClients(questions, now());
    },
    nameOf: nameOfClientQuestion,
  });
  return {
    configuration,
    ports,
    readClient,
    readSubject: createSubjectReader({ readClient, now }),
    findAuthority: createGroupReader({
      name: "read authority",
      read: (supports: Parameters<M2mPorts["readAuthorities"]>[0]) => {
        observe("vestibule_group_read_size", supports.length, { read: "authority" });
        return ports.readAuthorities(supports);
      },
      nameOf: nameOfSupports,
    }),
    activity: createM2mActivity(ports, configuration),
    keyRing: createKeyRingSource({
      initial: configuration.tokenSigningKeys,
      file: configuration.tokenSigningKeysFile,
      readVersion: signingKeyFileVersion,
      readKeys: (file) => readSigningKeyFile(file, configuration.environment),
      onReloaded: ({ keys }) =>
        log.info({ event: "signing_keys_reloaded", kids: [...keys.keys()] }, "The signing keys were changed"),
      onError: (err) => log.error({ event: "signing_keys_not_reloaded", err }, "The new signing keys cannot be used"),
      now,
    }),
    uses: createCredentialUseRecorder({
      write: ports.writeCredentialUse,
      onError: (err) =>
        log.error({ event: "credential_use_not_written", err }, "The last use of a credential was not written"),
    }),
    readClientKeys: createClientKeyReader({
      ...ports,
      // Their server, our log: it is what an operator looks at when a client says that its key is refused.
      onFetchFailed: ({ applicationId: application_id, error: err }) =>
        log.warn(
          { event: "jwks_not_fetched", application_id, err },
          "The keys that an application publishes could not be read",
        ),
    }),
  };
}
