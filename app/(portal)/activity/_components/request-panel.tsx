import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import { scopeOfCall } from "@/lib/developers/openapi/scope-of-call";
import { explainRefusal } from "@/lib/machine/explain-refusal/explain-refusal";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import type { ActivityAddress } from "./activity-address";
import { PanelFrame } from "./panel-frame";
import { RequestCause } from "./request-cause";
import { RequestFacts } from "./request-facts";
import { rowIdOf } from "./row-id";
import { StatusBadge } from "./status-badge";

type RequestPanelProps = {
  requestId: string;
  /** Undefined when nothing is known of it here. */
  entry: ActivityEntry | undefined;
  /** The address of this very panel. */
  here: Route;
  closeHref: Route;
  address: ActivityAddress;
  retentionDays: number;
  role: StaffRole;
};

/** One request: what refused it and what to do, everything that is known of it, and the ways to the rest of it. */
export async function RequestPanel({ requestId, entry, here, closeHref, address, ...props }: RequestPanelProps) {
  const { retentionDays, role } = props;
  const scope = entry === undefined ? undefined : scopeOfCall(entry);
  const [explanation, t] = await Promise.all([
    entry === undefined ? undefined : explainRefusal(entry, scope),
    getTranslations("activity"),
  ]);
  return (
    <PanelFrame
      titleId="request-title"
      title={
        entry === undefined ? (
          t("noRequestTitle")
        ) : (
          <>
            <StatusBadge status={entry.status} reason={entry.reason} />
            <span className="font-mono text-sm wrap-anywhere">{`${entry.method} ${entry.path}`}</span>
          </>
        )
      }
      closeHref={closeHref}
      returnTo={rowIdOf(requestId)}
    >
      {entry === undefined ? (
        <p className="text-ink-muted">{t("noRequestText", { days: retentionDays })}</p>
      ) : (
        <>
          <RequestCause entry={entry} scope={scope} explanation={explanation} role={role} here={here} />
          <RequestFacts entry={entry} address={address} />
        </>
      )}
      <CopyField label={t("requestId")} value={requestId} copyLabel={t("copyRequestId")} />
      <div className="flex flex-wrap gap-2">
        <Link href={routes.audit.list({ request: requestId })} className={buttonStyles()}>
          {t("everything")}
        </Link>
        <Link href={closeHref} scroll={false} className={buttonStyles({ variant: "ghost" })}>
          <X aria-hidden="true" />
          {t("close")}
        </Link>
      </div>
    </PanelFrame>
  );
}
