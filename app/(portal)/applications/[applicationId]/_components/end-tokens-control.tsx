"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { endApplicationTokensAction } from "../secrets/actions";

type EndTokensControlProps = { applicationId: string; name: string; preview?: ReactNode };

/** Ends every token the application has been given so far; its secrets stay. */
export function EndTokensControl({ applicationId, name, preview }: EndTokensControlProps) {
  const t = useTranslations("applicationEnd");
  return (
    <ConfirmedAction
      label={t("endTokens")}
      question={{
        title: t("endTokensTitle"),
        description: t.rich("endTokensText", {
          name,
          strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
        }),
        preview,
        cancelLabel: t("keepTokens"),
      }}
      action={() => endApplicationTokensAction({ applicationId })}
      announcement={t("tokensEnded")}
      isAnnouncementShown
    />
  );
}
