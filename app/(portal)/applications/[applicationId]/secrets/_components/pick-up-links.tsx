import { useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PickUpLinkState, PickUpLinkSummary } from "@/lib/applications/pick-up/pick-up-link.types";
import { RevokePickUpLink } from "./revoke-pick-up-link";

type PickUpLinksProps = { applicationId: string; links: PickUpLinkSummary[]; canWrite: boolean; now: Date };

const TONES = {
  open: "warning",
  picked_up: "success",
  revoked: "neutral",
  expired: "neutral",
} as const satisfies Record<PickUpLinkState, string>;

/** The links with which integrators pick up a secret, and what has become of each. Nothing where there is none. */
export function PickUpLinks({ applicationId, links, canWrite, now }: PickUpLinksProps) {
  const t = useTranslations("pickUpLinks");
  if (links.length === 0) return null;
  return (
    <Card className="space-y-5">
      <CardHeading text={t("text")}>{t("title")}</CardHeading>
      <ul aria-label={t("title")} className="divide-y divide-line">
        {links.map((link) => (
          <li key={link.id} className="space-y-3 py-4 first:pt-0 last:pb-0">
            <PickUpLink link={link} now={now} />
            {canWrite && (
              <RevokePickUpLink
                applicationId={applicationId}
                linkId={link.id}
                label={link.label}
                isOpen={link.state === "open"}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function PickUpLink({ link, now }: { link: PickUpLinkSummary; now: Date }) {
  const t = useTranslations("pickUpLinks");
  const { state, label, createdAt, createdByName, expiresAt, revokedAt, pickedUpAt, reopenedAt } = link;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="min-w-0 font-semibold break-words">{label ?? t("unnamed")}</h3>
        <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>
      </div>
      <dl className="space-y-2 text-sm">
        <Definition term={t("made")}>
          <RelativeTime value={createdAt} now={now} />
          {createdByName !== null && <span className="text-ink-muted"> {t("by", { name: createdByName })}</span>}
        </Definition>
        {state === "open" && (
          <Definition term={t("worksUntil")}>
            <Moment value={expiresAt} />
          </Definition>
        )}
        {state === "expired" && (
          <Definition term={t("expiredAt")}>
            <Moment value={expiresAt} />
          </Definition>
        )}
        {revokedAt !== null && (
          <Definition term={t("revokedAt")}>
            <Moment value={revokedAt} />
          </Definition>
        )}
        {pickedUpAt !== null && (
          <>
            <Definition term={t("pickedUp")}>
              <Moment value={pickedUpAt} />{" "}
              {t.rich("from", { address: link.pickedUpIp ?? t("unknownAddress"), code: addressCode })}
            </Definition>
            {link.secretHint !== null && (
              <Definition term={t("secret")}>
                <code className="font-mono">{t("secretHint", { hint: link.secretHint })}</code>
              </Definition>
            )}
          </>
        )}
      </dl>
      {reopenedAt !== null && (
        <Notice tone="danger">
          <p>
            {t.rich("reopened", {
              count: link.reopenedCount,
              at: reopenedAt,
              address: link.reopenedIp ?? t("unknownAddress"),
              time: (chunks) => <time dateTime={reopenedAt.toISOString()}>{chunks}</time>,
              code: addressCode,
            })}
          </p>
          <p>{t("reopenedNext")}</p>
        </Notice>
      )}
    </>
  );
}

const addressCode = (chunks: React.ReactNode) => <code className="font-mono wrap-anywhere">{chunks}</code>;

function Moment({ value }: { value: Date }) {
  const t = useTranslations("secrets");
  return t.rich("moment", {
    moment: value,
    time: (chunks) => <time dateTime={value.toISOString()}>{chunks}</time>,
  });
}
