import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { StaffDetail } from "@/lib/staff/staff.types";

/** Who the member is and how they come in. */
export function MemberCard({ member, now }: { member: StaffDetail; now: Date }) {
  const t = useTranslations("staff");
  const format = useFormatter();
  const { email, role, isExternal, hasSecondFactor, createdAt, lastSignedInAt, linkExpiresAt, sessionCount } = member;
  return (
    <Card>
      <dl className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Fact term={t("email")}>
          <EmailAddress>{email}</EmailAddress>
        </Fact>
        <Fact term={t("role")}>{t(`roles.${role}`)}</Fact>
        <Fact term={t("signsInWith")}>{isExternal ? t("identityProvider") : t("password")}</Fact>
        <Fact term={t("columns.secondFactor")}>
          {isExternal ? t("secondFactors.external") : hasSecondFactor ? t("secondFactors.on") : t("secondFactors.off")}
        </Fact>
        <Fact term={t("created")}>
          <RelativeTime value={createdAt} now={now} />
        </Fact>
        <Fact term={t("columns.lastSignedIn")}>
          {lastSignedInAt === null ? t("neverSignedIn") : <RelativeTime value={lastSignedInAt} now={now} />}
        </Fact>
        <Fact term={t("sessions")}>{t("sessionCount", { count: sessionCount })}</Fact>
        {linkExpiresAt !== null && <Fact term={t("linkWorksUntil")}>{format.dateTime(linkExpiresAt, "moment")}</Fact>}
      </dl>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm font-medium text-ink-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
