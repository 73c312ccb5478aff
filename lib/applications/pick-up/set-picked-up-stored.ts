import "server-only";

import { setSecretStored } from "@/lib/applications/secrets/set-secret-stored";
import { database } from "@/lib/db/client";
import { getPickUpLink } from "./get-pick-up-link";
import type { SetPickedUpStored } from "./pick-up-link.schema";

/** Notes whether whoever picked a secret up has said that they stored it. Throws AppError `not_found` / `pick_up_link_unknown`. */
export async function setPickedUpStored({ token, isStored }: SetPickedUpStored): Promise<void> {
  const { applicationId, secretId } = await getPickUpLink(database(), token);
  if (secretId !== null) await setSecretStored({ applicationId, secretId, isStored });
}
