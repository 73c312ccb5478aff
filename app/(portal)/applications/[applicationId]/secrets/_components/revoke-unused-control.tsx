"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { revokeUnusedSecretAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";
import { useIsSecretUnused } from "./secret-uses";
import { useSecretDone } from "./use-secret-done";

/** Revokes a secret that nobody has used, with one press and without a question: nothing uses it, so nothing stops. */
export function RevokeUnusedControl({ secret }: { secret: ManagedSecret }) {
  const t = useTranslations("secretForms");
  const done = useSecretDone();
  const isUnused = useIsSecretUnused(secret.id);
  const { applicationId, id: secretId, hint } = secret;
  if (!isUnused) return null;
  return (
    <ConfirmedAction
      label={t("revokeUnused")}
      accessibleLabel={t("revokeUnusedNamed", { hint })}
      said={null}
      action={() => revokeUnusedSecretAction({ applicationId, secretId })}
      onSuccess={() => done(t("revokedStatus"))}
    />
  );
}
