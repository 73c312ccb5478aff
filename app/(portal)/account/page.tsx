import { cookies } from "next/headers";
import { getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { areSingleKeysOn, SINGLE_KEYS_COOKIE } from "@/lib/i18n/single-keys";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/lib/i18n/time-zone-cookie";
import { listOwnSessions } from "@/lib/staff/sessions/list-own-sessions";
import { ChangePasswordForm } from "./_components/change-password-form";
import { SessionsCard } from "./_components/sessions-card";
import { SingleKeysCard } from "./_components/single-keys-card";
import { TimeZoneCard } from "./_components/time-zone-card";

export const generateMetadata = pageTitle("account.title");

export default async function AccountPage() {
  const session = await requireStaff("account:write");
  const [t, now, jar] = await Promise.all([getTranslations("account"), getNow(), cookies()]);
  const sessions = await listOwnSessions(session, now);
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <PageHeader
        title={t("title")}
        description={t("signedInAs", { name: session.staff.name, email: session.staff.email })}
      />
      {session.mustChangePassword && <Notice tone="warning">{t("mustChangePassword")}</Notice>}
      {session.signInMethod === "password" ? (
        <ChangePasswordForm email={session.staff.email} />
      ) : (
        <Card>
          <p className="text-ink-muted">{t("externalPassword")}</p>
        </Card>
      )}
      <TimeZoneCard choice={readTimeZone(jar.get(TIME_ZONE_COOKIE)?.value)} />
      <SingleKeysCard areOn={areSingleKeysOn(jar.get(SINGLE_KEYS_COOKIE)?.value)} />
      <SessionsCard sessions={sessions} now={now} />
    </div>
  );
}
