import { useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationSecretSummary } from "@/lib/applications/application.types";
import { cn } from "@/lib/cn";
import { SecretStateBadge } from "../../_components/secret-state-badge";
import { CancelRevocationControl } from "./cancel-revocation-control";
import type { ManagedSecret } from "./managed-secret.types";
import { RevokeUnusedControl } from "./revoke-unused-control";
import { SecretMenu } from "./secret-menu";
import { SecretUseLine, UnusedBadge } from "./secret-use-line";

export type SecretRow = {
  secret: ApplicationSecretSummary;
  managed: ManagedSecret;
  /** The hint of the secret that a rotation has put in its place. */
  successorHint: string | null;
  /** What would stop, counted. */
  preview: React.ReactNode;
};

type SecretsTableProps = { caption: string; rows: readonly SecretRow[]; canWrite: boolean; now: Date };

const COLUMNS = ["secret", "created", "lastUsed", "end"] as const;

/** Everything that may be told about each secret; what can be done with a fact stands beside it. */
export function SecretsTable({ caption, rows, canWrite, now }: SecretsTableProps) {
  const t = useTranslations("secrets");
  const hasActions = canWrite && rows.some(({ managed }) => isLive(managed));
  return (
    <TableFrame caption={caption}>
      <thead className="bg-sunken">
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={tableStyles.header}>
              {t(`columns.${column}`)}
            </th>
          ))}
          {hasActions && (
            <th scope="col" className={tableStyles.header}>
              <span className="sr-only">{t("actions")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ secret, managed, successorHint, preview }) => (
          <tr key={secret.id} className={tableStyles.row}>
            <th scope="row" className={cn(tableStyles.cell, "space-y-1.5 text-left font-normal")}>
              {secret.label !== null && (
                <span className="block max-w-56 font-semibold break-words">{secret.label}</span>
              )}
              <code className="block font-mono whitespace-nowrap">{t("hint", { hint: secret.hint })}</code>
              <span className="flex flex-wrap gap-1.5">
                <SecretStateBadge state={managed.state} />
                <UnusedBadge secretId={secret.id} />
              </span>
            </th>
            <td className={tableStyles.cell}>
              <RelativeTime value={secret.createdAt} now={now} />
              {secret.createdByName !== null && (
                <span className="block text-ink-muted">{t("by", { name: secret.createdByName })}</span>
              )}
            </td>
            <td className={cn(tableStyles.cell, "max-w-72 space-y-2")}>
              <SecretUseLine secretId={secret.id} />
              {/* The line above the table has the same button for one that nobody stored. */}
              {canWrite && !secret.isUntaken && <RevokeUnusedControl secret={managed} />}
            </td>
            <td className={cn(tableStyles.cell, "max-w-64 space-y-2")}>
              <Ends secret={secret} state={managed.state} successorHint={successorHint} />
              {canWrite && managed.state === "scheduled" && <CancelRevocationControl secret={managed} />}
            </td>
            {hasActions && (
              <td className={tableStyles.cell}>
                {isLive(managed) && <SecretMenu secret={managed} preview={preview} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

type EndsProps = { secret: ApplicationSecretSummary; state: ManagedSecret["state"]; successorHint: string | null };

function Ends({ secret: { expiresAt, revokedAt, compromisedAt }, state, successorHint }: EndsProps) {
  const t = useTranslations("secrets");
  return (
    <ul className="space-y-1">
      {expiresAt !== null && <End label={t("expires")} value={expiresAt} />}
      {revokedAt !== null && (
        <End label={state === "scheduled" ? t("revocationAt") : t("revokedAt")} value={revokedAt}>
          {successorHint !== null && (
            <span className="block text-ink-muted">{t("replacedBy", { hint: successorHint })}</span>
          )}
        </End>
      )}
      {compromisedAt !== null && <End label={t("compromised")} value={compromisedAt} />}
      {expiresAt === null && revokedAt === null && compromisedAt === null && (
        <li className="text-ink-muted">{t("never")}</li>
      )}
    </ul>
  );
}

function End({ label, value, children }: { label: string; value: Date; children?: React.ReactNode }) {
  const t = useTranslations("secrets");
  return (
    <li>
      <span className="block text-xs text-ink-muted">{label}</span>
      {t.rich("moment", { moment: value, time: (chunks) => <time dateTime={value.toISOString()}>{chunks}</time> })}
      {children}
    </li>
  );
}

function isLive({ state }: ManagedSecret): boolean {
  return state === "live" || state === "scheduled";
}
