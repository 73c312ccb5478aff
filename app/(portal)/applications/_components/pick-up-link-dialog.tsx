"use client";

import { useTranslations } from "next-intl";
import { OneTimeLinkDialog } from "@/components/credentials/one-time-link-dialog";
import type { DialogProps } from "@/components/ui/dialog";
import type { IssuedPickUpLink } from "@/lib/applications/application.types";

type PickUpLinkDialogProps = { link: IssuedPickUpLink; onClose(): void } & Pick<DialogProps, "returnFocus">;

/** Shows a pick-up link. Unlike a secret it can be made anew, and nothing is lost. */
export function PickUpLinkDialog({ link, onClose, returnFocus }: PickUpLinkDialogProps) {
  const t = useTranslations("pickUpLinks");
  return (
    <OneTimeLinkDialog
      url={link.url}
      title={t("dialogTitle")}
      description={t.rich("dialogText", {
        name: link.name,
        expiresAt: link.expiresAt,
        strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      })}
      words={{
        link: t("link"),
        copy: t("copy"),
        notCopied: t("notCopied"),
        notCopiedLast: t("notCopiedLast"),
        done: t("done"),
      }}
      onClose={onClose}
      returnFocus={returnFocus}
    />
  );
}
