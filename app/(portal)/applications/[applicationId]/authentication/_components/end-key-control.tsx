"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { endApplicationKeyAction } from "../actions";

type EndKeyControlProps = { applicationId: string; keyId: string; kid: string; isLive: boolean; isPublished: boolean };

/**
 * Ends a key, after saying what stops. It cannot be undone, so it is asked about once more. The button is gone then, and
 * the focus goes to what says why.
 */
export function EndKeyControl({ applicationId, keyId, kid, isLive, isPublished }: EndKeyControlProps) {
  const t = useTranslations("authentication");
  const router = useRouter();
  const [announcement, setAnnouncement] = useState("");
  const statusRef = useRef<HTMLParagraphElement>(null);
  return (
    <>
      {isLive && (
        <ConfirmedAction
          label={t("endKey")}
          accessibleLabel={t("endKeyNamed", { kid })}
          question={{
            title: t("endKeyTitle"),
            description: t.rich(isPublished ? "endKeyPublishedText" : "endKeyText", {
              kid,
              strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
            }),
            cancelLabel: t("keepKey"),
          }}
          action={() => endApplicationKeyAction({ applicationId, keyId })}
          onSuccess={() => {
            setAnnouncement(t("keyEndedStatus"));
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
