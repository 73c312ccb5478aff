"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { endApplicationTokensAction } from "../secrets/actions";
import { ConfirmedAction } from "./confirmed-action";

type EndTokensControlProps = { applicationId: string; name: string; preview?: ReactNode };

/** Ends every token the application has been given so far; its secrets stay. */
export function EndTokensControl({ applicationId, name, preview }: EndTokensControlProps) {
  const t = useTranslations("applicationEnd");
  return (
    <ConfirmedAction
      label={t("endTokens")}
      title={t("endTokensTitle")}
      description={t.rich("endTokensText", {
        name,
        strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      })}
      preview={preview}
      confirmLabel={t("endTokens")}
      cancelLabel={t("keepTokens")}
      action={() => endApplicationTokensAction({ applicationId })}
      toStatus={() => t("tokensEnded")}
    />
  );
}
