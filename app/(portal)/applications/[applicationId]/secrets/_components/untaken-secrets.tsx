"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Notice } from "@/components/ui/notice";
import { revokeUnusedSecretAction } from "../actions";
import { useSecretUses } from "./secret-uses";

type UntakenSecretsProps = {
  applicationId: string;
  /** Those that were shown without anybody saying that they are stored. */
  secrets: { id: string; hint: string }[];
  canWrite: boolean;
};

/**
 * Tells of each live secret that was shown, that nobody has said to have stored, and that nobody has used: it is most
 * likely lost, and revoked with one press. The focus goes to the line that says so, which stays.
 */
export function UntakenSecrets({ applicationId, secrets, canWrite }: UntakenSecretsProps) {
  const t = useTranslations("secretForms");
  const router = useRouter();
  const { uses } = useSecretUses();
  const [announcement, setAnnouncement] = useState("");
  const statusRef = useRef<HTMLParagraphElement>(null);
  const lost = secrets.filter(({ id }) =>
    uses.some(({ secretId, state, lastUsedAt }) => secretId === id && state === "live" && lastUsedAt === null),
  );
  return (
    <div className="space-y-3 empty:hidden">
      {lost.map(({ id, hint }) => (
        <Notice key={id} tone="warning">
          <p>{t("untaken", { hint })}</p>
          {canWrite && (
            <ConfirmedAction
              label={t("revokeUntaken")}
              accessibleLabel={t("revokeUntakenNamed", { hint })}
              // The line below says it, where the focus goes.
              said={null}
              action={() => revokeUnusedSecretAction({ applicationId, secretId: id })}
              onSuccess={() => {
                setAnnouncement(t("revokedStatus"));
                statusRef.current?.focus();
                router.refresh();
              }}
            />
          )}
        </Notice>
      ))}
      <p ref={statusRef} role="status" tabIndex={-1} className="text-sm text-success empty:sr-only">
        {announcement}
      </p>
    </div>
  );
}
