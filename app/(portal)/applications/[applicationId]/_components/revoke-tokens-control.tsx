"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { revokeApplicationTokensAction } from "../secrets/actions";

type RevokeTokensControlProps = { applicationId: string; name: string; preview?: ReactNode };

/** Revokes every token the application has been given so far; its secrets stay. */
export function RevokeTokensControl({ applicationId, name, preview }: RevokeTokensControlProps) {
  const t = useTranslations("revokeAccess");
  return (
    <ConfirmedAction
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
    />
  );
}
