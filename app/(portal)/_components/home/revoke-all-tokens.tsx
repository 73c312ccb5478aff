"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { useErrorText } from "@/components/form/use-error-text";
import type { RecentCalls } from "@/lib/usage/usage.types";
import { revokeAllTokensAction } from "../../actions";
import { CallsPreview } from "../calls-preview";

type RevokeAllTokensProps = {
  /** What has to be typed. */
  phrase: string;
  calls: RecentCalls;
  now: Date;
};

/** The button that revokes every token, after saying what stops and after the name of the installation was typed. */
export function RevokeAllTokens({ phrase, calls, now }: RevokeAllTokensProps) {
  const t = useTranslations("revokeAllTokens");
  const errorText = useErrorText();
  return (
    <ConfirmedAction
      label={t("open")}
      variant="danger"
      question={{
        title: t("title"),
        description: <p>{t("text", { applications: calls.applications })}</p>,
        preview: <CallsPreview calls={calls} now={now} />,
        typed: {
          phrase,
          fieldLabel: t.rich("confirmation", {
            phrase,
            strong: (chunks) => <strong className="wrap-anywhere text-ink">{chunks}</strong>,
          }),
          mismatch: errorText("installation_name_differs"),
        },
        confirmLabel: t("confirm"),
        cancelLabel: t("cancel"),
      }}
      action={() => revokeAllTokensAction({ confirmation: phrase })}
      said={t("done")}
    />
  );
}
