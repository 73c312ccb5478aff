import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Definition } from "@/components/layout/definition";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationSecretSummary } from "@/lib/applications/application.types";
import type { SecretState } from "@/lib/applications/secrets/application-secret.types";
import { SecretStateBadge } from "../../_components/secret-state-badge";
import { SecretUseLine, UnusedBadge } from "./secret-use-line";

type SecretCardProps = {
  secret: ApplicationSecretSummary;
  state: SecretState;
  /** The hint of the secret that a rotation has put in its place. */
  successorHint: string | null;
  now: Date;
  /** What can be done to it. */
  children: ReactNode;
};

/** Everything that may be told about one secret. */
export function SecretCard({ secret, state, successorHint, now, children }: SecretCardProps) {
  const t = useTranslations("secrets");
  const { id, hint, label, createdAt, createdByName, expiresAt, revokedAt, compromisedAt } = secret;
  return (
    <li>
      <Card className="space-y-4">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="min-w-0 font-semibold break-words">
            {label !== null && <>{label} </>}
            <code className="font-mono text-sm font-medium">{t("hint", { hint })}</code>
          </h2>
          <SecretStateBadge state={state} />
          <UnusedBadge secretId={id} />
        </div>
        <dl className="space-y-2 text-sm">
          <Definition term={t("created")}>
            <RelativeTime value={createdAt} now={now} />
            {createdByName !== null && <span className="text-ink-muted"> {t("by", { name: createdByName })}</span>}
          </Definition>
          <Definition term={t("expires")}>
            {expiresAt === null ? <span className="text-ink-muted">{t("never")}</span> : <Moment value={expiresAt} />}
          </Definition>
          {revokedAt !== null && (
            <Definition term={state === "scheduled" ? t("revocationAt") : t("revokedAt")}>
              <Moment value={revokedAt} />
              {successorHint !== null && (
                <span className="text-ink-muted"> {t("replacedBy", { hint: successorHint })}</span>
              )}
            </Definition>
          )}
          {compromisedAt !== null && (
            <Definition term={t("compromised")}>
              <Moment value={compromisedAt} />
            </Definition>
          )}
        </dl>
        <SecretUseLine secretId={id} />
        {children}
      </Card>
    </li>
  );
}

function Moment({ value }: { value: Date }) {
  const t = useTranslations("secrets");
  return t.rich("moment", {
    moment: value,
    time: (chunks) => <time dateTime={value.toISOString()}>{chunks}</time>,
  });
}
