"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { useCloseDisclosure } from "@/components/layout/disclosure";
import { revokeApplicationTokensAction } from "../../secrets/actions";

type RevokeTokensControlProps = { applicationId: string; name: string; preview?: ReactNode };

/** Revokes every token the application has been given so far; its secrets stay. The menu it stands in closes then. */
export function RevokeTokensControl({ applicationId, name, preview }: RevokeTokensControlProps) {
  const t = useTranslations("revokeAccess");
  const router = useRouter();
  const closeMenu = useCloseDisclosure();
  return (
    <ConfirmedAction
      variant="ghost"
      label={t("revokeTokens")}
      question={{
        title: t("revokeTokensTitle"),
        description: t.rich("revokeTokensText", {
          name,
          strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
        }),
        preview,
        cancelLabel: t("keepTokens"),
      }}
      action={() => revokeApplicationTokensAction({ applicationId })}
      said={t("tokensRevoked")}
      onSuccess={() => {
        closeMenu();
        router.refresh();
      }}
    />
  );
}
