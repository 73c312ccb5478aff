import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SectionHeader } from "@/components/layout/section-header";
import { buttonStyles } from "@/components/ui/button";
import { listSecretUsesByAddress } from "@/lib/activity/log/list-secret-uses-by-address";
import type { ApplicationSecretSummary } from "@/lib/applications/application.types";
import { listPickUpLinks } from "@/lib/applications/pick-up/list-pick-up-links";
import { SECRETS_MAX } from "@/lib/applications/secrets/application-secret.schema";
import { toRotationProgress } from "@/lib/applications/secrets/rotation-progress";
import { toSecretUse } from "@/lib/applications/secrets/secret-use";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import type { RecentCalls } from "@/lib/usage/usage.types";
import { CallsPreview } from "../../../_components/calls-preview";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { AddSecretControl } from "./_components/add-secret-control";
import { PickUpLinks } from "./_components/pick-up-links";
import { RotationTracker } from "./_components/rotation-tracker";
import { SecretUsesProvider } from "./_components/secret-uses";
import { type SecretRow, SecretsTable } from "./_components/secrets-table";
import { SECRETS_TITLE_ID } from "./_components/secrets-title";
import { UntakenSecrets } from "./_components/untaken-secrets";

type SecretsPageProps = { params: Promise<{ applicationId: string }> };

export const generateMetadata = applicationTitle("secrets.title");

export default async function SecretsPage({ params }: SecretsPageProps) {
  const { staff } = await requireStaff("applications:read");
  const [application, t, tAuthentication] = await Promise.all([
    findApplication((await params).applicationId),
    getTranslations("secrets"),
    getTranslations("authentication"),
  ]);
  const { id: applicationId, name: applicationName, secrets } = application;
  const canWrite = isPermitted(staff.role, "secrets:write");
  const now = new Date();
  const uses = secrets.map((secret) => toSecretUse(secret, now));
  const stateOf = (secretId: string) => uses.find((use) => use.secretId === secretId)?.state ?? "revoked";
  const live = secrets.filter(({ id }) => ["live", "scheduled"].includes(stateOf(id)));
  const ended = secrets.filter((secret) => !live.includes(secret));
  const successorOf = ({ replacedById }: ApplicationSecretSummary) => secrets.find(({ id }) => id === replacedById);
  const rotations = live.flatMap((old) => {
    const successor = successorOf(old);
    return successor !== undefined && live.includes(successor) ? [{ old, successor }] : [];
  });
  const [usesByAddress, calls] = await Promise.all([
    rotations.length === 0
      ? { uses: [], lookedUntil: null }
      : listSecretUsesByAddress({ applicationId, secretIds: live.map(({ id }) => id) }, { now }),
    countCallsOf(canWrite ? live : [], now),
  ]);

  const toRow = (secret: ApplicationSecretSummary): SecretRow => {
    const successor = successorOf(secret);
    const isSuccessorLive = successor !== undefined && live.includes(successor);
    return {
      secret,
      successorHint: successor?.hint ?? null,
      preview: toPreview(calls.get(secret.id), now),
      managed: {
        applicationId,
        applicationName,
        id: secret.id,
        hint: secret.hint,
        state: stateOf(secret.id),
        isLast: live.length === 1 && live.includes(secret),
        successor: isSuccessorLive ? { hint: successor.hint, isUsed: successor.lastUsedAt !== null } : null,
      },
    };
  };

  return (
    <div className="space-y-6">
      <SectionHeader
        titleId={SECRETS_TITLE_ID}
        title={t("title")}
        description={t("text", { count: live.length, max: SECRETS_MAX })}
      >
        <Link href={routes.applications.authentication(applicationId)} className={buttonStyles()}>
          {isPermitted(staff.role, "applications:write") ? tAuthentication("change") : tAuthentication("view")}
        </Link>
        {canWrite && <AddSecretControl applicationId={applicationId} />}
      </SectionHeader>
      {!canWrite && <ReadOnlyNotice />}
      <SecretUsesProvider applicationId={applicationId} initial={{ now, uses }}>
        <UntakenSecrets
          applicationId={applicationId}
          secrets={secrets.filter(({ isUntaken }) => isUntaken).map(({ id, hint }) => ({ id, hint }))}
          canWrite={canWrite}
        />
        {rotations.map(({ old, successor }) => (
          <RotationTracker
            key={old.id}
            applicationId={applicationId}
            old={old}
            successorHint={successor.hint}
            progress={toRotationProgress(usesByAddress, { oldId: old.id, newId: successor.id })}
            preview={toPreview(calls.get(old.id), now)}
            canWrite={canWrite}
          />
        ))}
        {live.length > 0 && <SecretsTable caption={t("title")} rows={live.map(toRow)} canWrite={canWrite} now={now} />}
        {ended.length > 0 && (
          <details className="space-y-3">
            <summary className="link inline-flex min-h-8 cursor-pointer items-center rounded text-sm font-medium">
              {t("ended", { count: ended.length })}
            </summary>
            <SecretsTable caption={t("endedTitle")} rows={ended.map(toRow)} canWrite={canWrite} now={now} />
          </details>
        )}
      </SecretUsesProvider>
      <PickUpLinks
        applicationId={applicationId}
        links={await listPickUpLinks(applicationId, now)}
        canWrite={canWrite}
        now={now}
      />
    </div>
  );
}

/** What each of them was used for in the last 24 hours. */
async function countCallsOf(secrets: ApplicationSecretSummary[], now: Date): Promise<Map<string, RecentCalls>> {
  return new Map(
    await Promise.all(secrets.map(async ({ id }) => [id, await countRecentCalls({ credentialId: id }, now)] as const)),
  );
}

function toPreview(calls: RecentCalls | undefined, now: Date): ReactNode {
  return calls === undefined ? null : <CallsPreview calls={calls} now={now} />;
}
