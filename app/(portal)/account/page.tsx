import { cookies } from "next/headers";
import { getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { mustAddSecondFactor } from "@/lib/auth/find-obstacle";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { areSingleKeysOn, SINGLE_KEYS_COOKIE } from "@/lib/i18n/single-keys";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/lib/i18n/time-zone-cookie";
import { getOwnSecondFactors } from "@/lib/staff/second-factor/own-second-factors";
import { findRelyingParty } from "@/lib/staff/second-factor/passkeys/relying-party";
import { listOwnSessions } from "@/lib/staff/sessions/list-own-sessions";
import { ChangePasswordForm } from "./_components/change-password-form";
import { KeptOrder } from "./_components/kept-order";
import { OrganisationFactorCard } from "./_components/second-factor/organisation-factor-card";
import { SecondFactorCard } from "./_components/second-factor/second-factor-card";
import { SessionsCard } from "./_components/sessions-card";
import { SingleKeysCard } from "./_components/single-keys-card";
import { TimeZoneCard } from "./_components/time-zone-card";

export const generateMetadata = pageTitle("account.title");

export default async function AccountPage() {
  const session = await requireStaff("account:write");
  const [t, now, jar] = await Promise.all([getTranslations("account"), getNow(), cookies()]);
  const [sessions, factors] = await Promise.all([listOwnSessions(session, now), getOwnSecondFactors(session.staff.id)]);
  const isLocal = session.signInMethod === "password";
  const isMissing = mustAddSecondFactor(session, config());
  const secondFactor = isLocal ? (
    <SecondFactorCard
      factors={factors}
      isMissing={isMissing}
      arePasskeysOffered={findRelyingParty(config()) !== undefined}
      now={now}
    />
  ) : (
    <OrganisationFactorCard />
  );
  const password = isLocal ? (
    <ChangePasswordForm email={session.staff.email} />
  ) : (
    <Card>
      <p className="text-ink-muted">{t("externalPassword")}</p>
    </Card>
  );
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <PageHeader
        title={t("title")}
        description={t("signedInAs", { name: session.staff.name, email: session.staff.email })}
      />
      {session.mustChangePassword && <Notice tone="warning">{t("mustChangePassword")}</Notice>}
      <KeptOrder isSecondFactorDue={isMissing} secondFactor={secondFactor} password={password} />
      <TimeZoneCard choice={readTimeZone(jar.get(TIME_ZONE_COOKIE)?.value)} />
      <SingleKeysCard areOn={areSingleKeysOn(jar.get(SINGLE_KEYS_COOKIE)?.value)} />
      <SessionsCard sessions={sessions} now={now} />
    </div>
  );
}
