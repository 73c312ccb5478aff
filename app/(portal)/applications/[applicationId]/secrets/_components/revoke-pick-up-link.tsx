"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { revokePickUpLinkAction } from "../actions";

type RevokePickUpLinkProps = { applicationId: string; linkId: string; label: string | null; isOpen: boolean };

/**
 * Takes back a link that nobody has used, with one press: nothing stops, and another is soon made. The button is gone
 * then; the focus goes to the line that says what was done, which stays.
 */
export function RevokePickUpLink({ applicationId, linkId, label, isOpen }: RevokePickUpLinkProps) {
  const t = useTranslations("pickUpLinks");
  const router = useRouter();
  const [announcement, setAnnouncement] = useState("");
  const statusRef = useRef<HTMLParagraphElement>(null);
  return (
    <>
      {isOpen && (
        <ConfirmedAction
          label={t("revoke")}
          accessibleLabel={label === null ? undefined : t("revokeNamed", { label })}
          // The line below says it, where the focus goes.
          said={null}
          action={() => revokePickUpLinkAction({ applicationId, linkId })}
          onSuccess={() => {
            setAnnouncement(t("revoked"));
            statusRef.current?.focus();
            router.refresh();
          }}
        />
      )}
      <p ref={statusRef} role="status" tabIndex={-1} className="text-sm text-success empty:sr-only">
        {announcement}
      </p>
    </>
  );
}
