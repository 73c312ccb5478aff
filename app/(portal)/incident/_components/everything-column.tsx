import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { config } from "@/lib/env/config";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { getIssuance } from "@/lib/tokens/get-issuance";
import { revokeAllTokensPhrase } from "@/lib/tokens/revoke-all-tokens";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CallsPreview } from "../../_components/calls-preview";
import { RevokeAllTokens } from "../../_components/home/revoke-all-tokens";
import { IncidentColumn } from "./incident-column";

/** All applications at once: whether tokens are issued at all, and the button that revokes those there are. */
export async function EverythingColumn({ role, now }: { role: StaffRole; now: Date }) {
  const [{ activeApplications, allRevokedUntil }, calls, format, t] = await Promise.all([
    getIssuance(),
    countRecentCalls({}, now),
    getFormatter(),
    getTranslations("incident"),
  ]);
  const { count, hasMore } = activeApplications;
  return (
    <IncidentColumn id="incident-everything" title={t("everything")}>
      <div className="space-y-2">
        <Badge tone={count === 0 ? "neutral" : "success"}>{count === 0 ? t("notIssued") : t("issued")}</Badge>
        <p className="text-sm text-ink-muted">
          {hasMore ? t("moreActiveApplications", { count }) : t("activeApplications", { count })}{" "}
          {allRevokedUntil === null
            ? t("neverAllRevoked")
            : t("allRevokedUntil", { time: format.dateTime(allRevokedUntil, "second") })}
        </p>
      </div>
      <p className="text-sm">{t("everythingStops")}</p>
      <CallsPreview calls={calls} now={now} />
      {isPermitted(role, "tokens:revoke-all") ? (
        <RevokeAllTokens phrase={revokeAllTokensPhrase(config())} calls={calls} now={now} />
      ) : (
        <p className="text-sm text-ink-muted">{t("onlyAdministrators")}</p>
      )}
      {isPermitted(role, "applications:write") && (
        <p>
          <Link href={routes.applications.list({ status: "active", sort: "lastUsed" })} className="link text-sm">
            {t("listActive")}
          </Link>
        </p>
      )}
    </IncidentColumn>
  );
}
