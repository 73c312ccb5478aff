import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type {
  ApplicationKeySummary,
  ClientAuthentication,
} from "@/lib/applications/authentication/client-authentication.types";
import { RevokeKeyControl } from "./revoke-key-control";

type KeysCardProps = {
  applicationId: string;
  authentication: ClientAuthentication;
  canWrite: boolean;
  issuer: string;
  now: Date;
};

/** The keys the application signs with, newest first, and what became of the others. */
export function KeysCard({ applicationId, authentication, canWrite, issuer, now }: KeysCardProps) {
  const t = useTranslations("authentication");
  const { keys, jwksUri, jwksFetchedAt } = authentication;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("keys")}</CardHeading>
      <p className="text-sm break-words text-ink-muted">{t("keysText", { issuer })}</p>
      {jwksUri !== null && (
        <p className="text-sm">
          {t("keysPublished")}{" "}
          {jwksFetchedAt === null ? (
            t("keysNeverRead")
          ) : (
            <>
              {t("keysReadAt")} <RelativeTime value={jwksFetchedAt} now={now} />
            </>
          )}
        </p>
      )}
      <CardRows empty={t("noKeys")}>
        {keys.map((key) => (
          <li key={key.id} className="space-y-1.5 px-4 py-3">
            <KeyLine keyOfApplication={key} now={now} />
            {canWrite && (
              <RevokeKeyControl
                applicationId={applicationId}
                keyId={key.id}
                kid={key.kid}
                isLive={key.revokedAt === null}
                isPublished={key.source === "published"}
              />
            )}
          </li>
        ))}
      </CardRows>
    </Card>
  );
}

function KeyLine({ keyOfApplication: key, now }: { keyOfApplication: ApplicationKeySummary; now: Date }) {
  const t = useTranslations("authentication");
  const { kid, algorithm, source, thumbprint, createdAt, createdByName, revokedAt, lastUsedAt } = key;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <code className="font-mono text-sm font-medium wrap-anywhere">{kid}</code>
        <span className="text-sm">{algorithm}</span>
        <Badge>{source === "published" ? t("keyPublished") : t("keyRegistered")}</Badge>
        <Badge tone={revokedAt === null ? "success" : "neutral"}>
          {revokedAt === null ? t("keyLive") : t("keyRevoked")}
        </Badge>
      </div>
      <p className="text-sm break-words text-ink-muted">
        {t.rich("keyThumbprint", {
          thumbprint,
          code: (chunks) => <code className="font-mono wrap-anywhere">{chunks}</code>,
        })}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        <span>
          {madeText(t, source, createdByName)} <RelativeTime value={createdAt} now={now} />
        </span>
        <span>
          {lastUsedAt === null ? (
            t("keyNeverUsed")
          ) : (
            <>
              {t("keyLastUsed")} <RelativeTime value={lastUsedAt} now={now} />
            </>
          )}
        </span>
        {revokedAt !== null && (
          <span>
            {t.rich("keyRevokedAt", {
              end: revokedAt,
              time: (chunks) => <time dateTime={revokedAt.toISOString()}>{chunks}</time>,
            })}
          </span>
        )}
      </p>
    </>
  );
}

function madeText(
  t: ReturnType<typeof useTranslations<"authentication">>,
  source: ApplicationKeySummary["source"],
  name: string | null,
): string {
  if (source === "published") return t("keyFound");
  return name === null ? t("keyRegistered") : t("keyRegisteredBy", { name });
}
