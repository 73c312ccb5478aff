import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationDetail, ApplicationSecretSummary } from "@/lib/applications/application.types";
import type { SecretState } from "@/lib/applications/secrets/application-secret.types";
import { secretStateAt } from "@/lib/applications/secrets/secret-use";
import { routes } from "@/lib/routes";
import { SecretStateBadge } from "../secret-state-badge";

type CredentialsCardProps = { application: ApplicationDetail; canWrite: boolean; now: Date };

/** Of each live secret what may be told; the others are on their own page. */
export function CredentialsCard({ application: { id, secrets }, canWrite, now }: CredentialsCardProps) {
  const t = useTranslations("application");
  const live = secrets
    .map((secret) => ({ secret, state: secretStateAt(secret, now) }))
    .filter(({ state }) => state === "live" || state === "scheduled");
  return (
    <Card className="space-y-5">
      <CardHeading>{t("credentials")}</CardHeading>
      <div className="space-y-3">
        <h3 className="text-sm font-medium text-ink-muted">{t("secrets")}</h3>
        <CardRows empty={t("noLiveSecret")}>
          {live.map(({ secret, state }) => (
            <li key={secret.id} className="space-y-1.5 px-4 py-3">
              <SecretLine secret={secret} state={state} now={now} />
            </li>
          ))}
        </CardRows>
        <p className="text-sm text-ink-muted">{t("secretsText")}</p>
      </div>
      <Link href={routes.applications.secrets(id)} className={buttonStyles()}>
        {canWrite ? t("manageSecrets") : t("viewSecrets")}
      </Link>
    </Card>
  );
}

function SecretLine({ secret, state, now }: { secret: ApplicationSecretSummary; state: SecretState; now: Date }) {
  const t = useTranslations("application");
  const end = endOf(secret);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <code className="font-mono text-sm">{t("secretHint", { hint: secret.hint })}</code>
        {secret.label !== null && <span className="min-w-0 text-sm break-words">{secret.label}</span>}
        <SecretStateBadge state={state} />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        <span>
          {secret.createdByName === null ? t("created") : t("createdBy", { name: secret.createdByName })}{" "}
          <RelativeTime value={secret.createdAt} now={now} />
        </span>
        <span>
          {secret.lastUsedAt === null ? (
            t("secretNeverUsed")
          ) : (
            <>
              {t("lastUsed")} <RelativeTime value={secret.lastUsedAt} now={now} />
            </>
          )}
        </span>
        {end !== null && <UntilText end={end} />}
      </p>
    </>
  );
}

function UntilText({ end }: { end: Date }) {
  const t = useTranslations("application");
  return (
    <span>{t.rich("secretEnds", { end, time: (chunks) => <time dateTime={end.toISOString()}>{chunks}</time> })}</span>
  );
}

/** Revoked by somebody or expired by itself, whichever comes first. */
function endOf({ revokedAt, expiresAt }: ApplicationSecretSummary): Date | null {
  if (revokedAt === null || expiresAt === null) return revokedAt ?? expiresAt;
  return revokedAt < expiresAt ? revokedAt : expiresAt;
}
