import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardHeading } from "@/components/ui/card";
import type { Counted } from "@/lib/list/counted";
import { DeleteApplicationControl } from "./delete-application-control";
import { RevokeTokensControl } from "./revoke-tokens-control";

type RevokeAccessCardProps = {
  applicationId: string;
  name: string;
  /** How many rooms it has created that exist still. */
  roomCount: Counted;
  canRevokeTokens: boolean;
  canDelete: boolean;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/** Takes access away at once: all tokens of the application, or the application itself. */
export function RevokeAccessCard({
  applicationId,
  name,
  roomCount,
  canRevokeTokens,
  canDelete,
  preview,
}: RevokeAccessCardProps) {
  const t = useTranslations("revokeAccess");
  if (!canRevokeTokens && !canDelete) return null;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("title")}</CardHeading>
      <ul className="divide-y divide-line">
        {canRevokeTokens && (
          <Entry text={t("tokensSummary")}>
            <RevokeTokensControl applicationId={applicationId} name={name} preview={preview} />
          </Entry>
        )}
        {canDelete && (
          <Entry text={t("deleteSummary")}>
            <DeleteApplicationControl
              applicationId={applicationId}
              name={name}
              roomCount={roomCount}
              preview={preview}
            />
          </Entry>
        )}
      </ul>
    </Card>
  );
}

function Entry({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0">
      <p className="max-w-prose min-w-0 flex-1 basis-64 text-sm text-ink-muted">{text}</p>
      {children}
    </li>
  );
}
