"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { revokeApplicationKeyAction } from "../actions";

type RevokeKeyControlProps = {
  applicationId: string;
  keyId: string;
  kid: string;
  isLive: boolean;
  isPublished: boolean;
};

/**
 * Revokes a key, after saying what stops. It cannot be undone, so it is asked about once more. The button is gone then,
 * and the focus goes to what says why.
 */
export function RevokeKeyControl({ applicationId, keyId, kid, isLive, isPublished }: RevokeKeyControlProps) {
  const t = useTranslations("authentication");
  const router = useRouter();
  const [announcement, setAnnouncement] = useState("");
  const statusRef = useRef<HTMLParagraphElement>(null);
  return (
    <>
      {isLive && (
        <ConfirmedAction
          label={t("revokeKey")}
          accessibleLabel={t("revokeKeyNamed", { kid })}
          question={{
            title: t("revokeKeyTitle"),
            description: t.rich(isPublished ? "revokeKeyPublishedText" : "revokeKeyText", {
              kid,
              strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
            }),
            cancelLabel: t("keepKey"),
          }}
          // The line below says it, where the focus goes.
          said={null}
          action={() => revokeApplicationKeyAction({ applicationId, keyId })}
          onSuccess={() => {
            setAnnouncement(t("keyRevokedStatus"));
            statusRef.current?.focus();
            router.refresh();
          }}
        />
      )}
      <p ref={statusRef} role="status" tabIndex={-1} className="text-sm text-success">
        {announcement}
      </p>
    </>
  );
}
