import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationSecretSummary } from "@/lib/applications/application.types";
import type { ClientAuthentication } from "@/lib/applications/authentication/client-authentication.types";
import { EXPIRING_WITHIN_DAYS } from "@/lib/applications/listing/application-list.schema";
import { secretStateAt } from "@/lib/applications/secrets/secret-use";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";
import { DAY_MS } from "@/lib/time";
import { SigningKeyWarning } from "../signing-key-warning";
import { OverviewRow } from "./overview-row";

type SecretsRowProps = {
  applicationId: string;
  secrets: readonly ApplicationSecretSummary[];
  authentication: ClientAuthentication;
  canWrite: boolean;
  now: Date;
};

/** What the application can authenticate with now, and until when. */
export function SecretsRow({ applicationId, secrets, authentication, canWrite, now }: SecretsRowProps) {
  const t = useTranslations("applicationOverview");
  const tApplication = useTranslations("application");
  const tAuthentication = useTranslations("authentication");
  const live = secrets.filter((secret) => ["live", "scheduled"].includes(secretStateAt(secret, now)));
  const keyCount = authentication.keys.filter(({ revokedAt }) => revokedAt === null).length;
  return (
    <OverviewRow
      title={t("credentials")}
      links={
        <Link href={routes.applications.secrets(applicationId)} className="link">
          {canWrite ? tApplication("manageSecrets") : tApplication("viewSecrets")}
        </Link>
      }
    >
      <SigningKeyWarning authentication={authentication} />
      {live.length === 0 && <p className="text-ink-muted">{tApplication("noLiveSecret")}</p>}
      {live.length > 0 && (
        <ul className="space-y-1">
          {live.map((secret) => (
            <SecretLine key={secret.id} secret={secret} now={now} />
          ))}
        </ul>
      )}
      {keyCount > 0 && <p>{tAuthentication("keysCount", { count: keyCount })}</p>}
    </OverviewRow>
  );
}

function SecretLine({ secret, now }: { secret: ApplicationSecretSummary; now: Date }) {
  const t = useTranslations("applicationOverview");
  const { hint, label, revokedAt, lastUsedAt } = secret;
  const end = endOf(secret);
  const isSoon = end !== null && end.getTime() - now.getTime() < EXPIRING_WITHIN_DAYS * DAY_MS;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <span className="min-w-0 break-words">
        {label !== null && <>{label} </>}
        <code className="font-mono text-sm">{t("hint", { hint })}</code>
      </span>
      <span className={cn("text-sm", isSoon ? "font-medium text-warning" : "text-ink-muted")}>
        {end === null ? t("neverExpires") : <EndText end={end} isRevocation={end === revokedAt} now={now} />}
      </span>
      <span className="text-sm text-ink-muted">
        {lastUsedAt === null
          ? t("neverUsed")
          : t.rich("lastUsed", { time: () => <RelativeTime value={lastUsedAt} now={now} /> })}
      </span>
    </li>
  );
}

function EndText({ end, isRevocation, now }: { end: Date; isRevocation: boolean; now: Date }) {
  const t = useTranslations("applicationOverview");
  const format = useFormatter();
  const values = {
    when: format.relativeTime(end, now),
    time: (chunks: ReactNode) => (
      <time dateTime={end.toISOString()} title={format.dateTime(end, "moment")}>
        {chunks}
      </time>
    ),
  };
  return isRevocation ? t.rich("isRevoked", values) : t.rich("expires", values);
}

/** Revoked by somebody or expired by itself, whichever comes first. */
function endOf({ revokedAt, expiresAt }: ApplicationSecretSummary): Date | null {
  if (revokedAt === null || expiresAt === null) return revokedAt ?? expiresAt;
  return revokedAt < expiresAt ? revokedAt : expiresAt;
}
