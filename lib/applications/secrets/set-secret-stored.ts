import "server-only";

import { database } from "@/lib/db/client";
import type { SetSecretStored } from "./application-secret.schema";

/**
 * Notes whether somebody has said that they stored a secret that was shown to them. It changes nothing about what the
 * secret may do, so it is no event of the audit log. Of a secret that is not there nothing is noted.
 */
export async function setSecretStored({ applicationId, secretId, isStored }: SetSecretStored): Promise<void> {
  await database().applicationSecret.updateMany({
    where: { id: secretId, applicationId },
    data: { isUntaken: !isStored },
  });
}
