"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Notice } from "@/components/ui/notice";
import { revokeUnusedSecretAction } from "../actions";
import { useSecretUses } from "./secret-uses";
import { useSecretDone } from "./use-secret-done";

type UntakenSecretsProps = {
  applicationId: string;
  /** Those that were shown without anybody saying that they are stored. */
  secrets: { id: string; hint: string }[];
  canWrite: boolean;
};

/**
 * Tells of each live secret that was shown, that nobody has said to have stored, and that nobody has used: it is most
 * likely lost, and revoked with one press.
 */
export function UntakenSecrets({ applicationId, secrets, canWrite }: UntakenSecretsProps) {
  const t = useTranslations("secretForms");
  const done = useSecretDone();
  const { uses } = useSecretUses();
  const lost = secrets.filter(({ id }) =>
    uses.some(({ secretId, state, lastUsedAt }) => secretId === id && state === "live" && lastUsedAt === null),
  );
  return lost.map(({ id, hint }) => (
    <Notice key={id} tone="warning">
      <p>{t("untaken", { hint })}</p>
      {canWrite && (
        <ConfirmedAction
          label={t("revokeUntaken")}
          accessibleLabel={t("revokeUntakenNamed", { hint })}
          said={null}
          action={() => revokeUnusedSecretAction({ applicationId, secretId: id })}
          onSuccess={() => done(t("revokedStatus"))}
        />
      )}
    </Notice>
  ));
}
