import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RefusedEntry } from "@/lib/activity/activity.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { routes } from "@/lib/routes";
import { OverviewRow } from "./overview-row";

type RefusalRowProps = { applicationId: string; refusal: RefusedEntry | undefined; now: Date };

/** The last call that was refused: why, and what to do about it. */
export function RefusalRow({ applicationId, refusal, now }: RefusalRowProps) {
  const t = useTranslations("applicationOverview");
  const tDelegation = useTranslations("delegation");
  return (
    <OverviewRow
      title={t("refusal")}
      links={
        <>
          {refusal !== undefined && (
            <Link
              href={routes.applications.activity(applicationId, {
                range: "7d",
                outcome: "refused",
                request: refusal.requestId,
              })}
              className="link"
            >
              {t("explainRefusal")}
            </Link>
          )}
          {refusal !== undefined && (
            <Link
              href={routes.applications.activity(applicationId, { range: "7d", outcome: "refused" })}
              className="link"
            >
              {t("openRefusals")}
            </Link>
          )}
          <Link
            href={routes.applications.checkAccess(applicationId, { email: refusal?.person?.email })}
            className="link"
          >
            {tDelegation("checkAccess")}
          </Link>
        </>
      }
    >
      {refusal === undefined ? <p className="text-ink-muted">{t("noRefusal")}</p> : <Refusal {...refusal} now={now} />}
    </OverviewRow>
  );
}

function Refusal({ kind, reason, status, at, person, isProven, now }: RefusedEntry & { now: Date }) {
  const t = useTranslations("applicationOverview");
  const tUsage = useTranslations("usage");
  const tCauses = useTranslations("refusalCauses");
  const cause = toRefusalCause(kind, reason);
  return (
    <>
      <p>
        <span className="font-medium">{tCauses(`titles.${cause}`)}</span>{" "}
        <span className="text-ink-muted">
          <RelativeTime value={at} now={now} />
        </span>
      </p>
      <p className="text-sm">{tCauses(`remedies.${cause}`)}</p>
      <p className="flex flex-wrap gap-x-3 text-sm text-ink-muted">
        <code className="font-mono wrap-anywhere">
          {status} {reason}
        </code>
        {person !== null && (
          <span>
            {t.rich("refusedFor", {
              email: person.email,
              address: (chunks) => <EmailAddress>{String(chunks)}</EmailAddress>,
            })}
          </span>
        )}
        {!isProven && <span>{tUsage("unproven")}</span>}
      </p>
    </>
  );
}
