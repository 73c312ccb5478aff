"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { flushSync } from "react-dom";
import { OneTimeLinkDialog } from "@/components/credentials/one-time-link-dialog";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";

type StaffLinkDialogProps = {
  link: IssuedStaffLink;
  onClose(): void;
  /** Called when the page is left: the link must be gone at once. */
  onForget(): void;
};

/** Shows a one-time link to a member of staff's password. Who leaves the page, after a question, leaves the link. */
export function StaffLinkDialog({ link, onClose, onForget }: StaffLinkDialogProps) {
  const t = useTranslations("staffLink");
  useEffect(() => {
    // Now, not soon: the browser may keep this very page for the back button.
    const forget = () => flushSync(onForget);
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, [onForget]);

  const isInvitation = link.kind === "invitation";
  return (
    <OneTimeLinkDialog
      url={link.url}
      title={t(isInvitation ? "invitationTitle" : "passwordTitle")}
      description={t(isInvitation ? "invitationText" : "passwordText", {
        email: link.email,
        expiresAt: link.expiresAt,
      })}
      words={{
        link: t("link"),
        copy: t("copy"),
        notCopied: t("notCopied"),
        notCopiedLast: t("notCopiedLast"),
        done: t("done"),
      }}
      onClose={onClose}
    />
  );
}
