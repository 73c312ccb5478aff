import { BookOpen, CircleAlert } from "lucide-react";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { listApplicationChoices } from "@/lib/applications/listing/list-application-choices";
import { findObstacle } from "@/lib/auth/find-obstacle";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { checkFirstCall } from "@/lib/developers/snippets/check-first-call";
import { config } from "@/lib/env/config";
import { pickMessages } from "@/lib/i18n/messages";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { DelegationSection } from "./_components/delegation-section";
import { IntegrationFacts } from "./_components/integration-facts";
import { LimitsSection } from "./_components/limits-section";
import { MigrationSection } from "./_components/migration-section";
import { parseAddressState, toAddressQuery } from "./_components/quick-start/address-state";
import { FirstCallNeeds } from "./_components/quick-start/first-call-needs";
import { QuickStartPanel } from "./_components/quick-start/quick-start-panel";
import { QuickStartSteps } from "./_components/quick-start/quick-start-steps";

/** Somebody nobody is, for whoever has not said yet on whose behalf. */
const SOMEBODY = "someone@example.com";

export const generateMetadata = pageTitle("developers.title");

/**
 * From nothing to a working room link, for whoever writes an application or helps those who do. Open to everybody; which
 * applications there are is for staff, and nobody else's request reads one.
 */
export default async function DevelopersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const given = Object.entries(await searchParams).map(([name, value]) => [name, [value].flat()[0] ?? ""]);
  const state = parseAddressState(new URLSearchParams(given));
  const [t, messages, session, now] = await Promise.all([
    getTranslations("developers"),
    getMessages(),
    findStaffSession(),
    getNow(),
  ]);
  const mayChoose =
    session !== undefined &&
    findObstacle(session, "applications:read", config()) === undefined &&
    isPermitted(session.staff.role, "applications:read");
  const choices = mayChoose ? await listApplicationChoices(now) : [];
  const chosen =
    choices.find(({ id }) => id === state.application) ?? choices.find(({ isUsable }) => isUsable) ?? choices[0];
  const call = chosen === undefined ? undefined : await checkFirstCall(chosen.id, state.person);
  const { publicUrl, surfaces, externalApi } = config();
  return (
    <div className="space-y-10">
      <PageHeader title={t("title")} description={t("description")}>
        <Link href={routes.developers.reference()} className={buttonStyles()}>
          <BookOpen aria-hidden="true" />
          {t("reference")}
        </Link>
        <Link href={routes.developers.errors()} className={buttonStyles()}>
          <CircleAlert aria-hidden="true" />
          {t("errors")}
        </Link>
      </PageHeader>
      <div className="grid grid-cols-1 gap-x-10 gap-y-10 xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] xl:grid-rows-[auto_1fr]">
        <section aria-labelledby="quick-start" className="space-y-5">
          <h2 id="quick-start" className="text-lg font-semibold">
            {t("quickStart")}
          </h2>
          <QuickStartSteps isStaff={mayChoose} hasClientId={chosen !== undefined} />
        </section>
        <section aria-label={t("program")} className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <div className="xl:sticky xl:top-20">
            <NextIntlClientProvider
              messages={pickMessages(messages, ["codeBlock", "copyField", "errors", "quickStart", "runHere"])}
            >
              <QuickStartPanel
                publicUrl={publicUrl}
                known={new URLSearchParams(toAddressQuery(state)).toString()}
                defaultPerson={call?.example ?? SOMEBODY}
                choice={
                  chosen && {
                    id: chosen.id,
                    clientId: chosen.clientId,
                    applications: choices
                      .map(({ id, name }) => ({ id, name }))
                      .toSorted((a, b) => a.name.localeCompare(b.name)),
                  }
                }
                canRun={surfaces === "all" && externalApi.enabled}
              >
                {chosen !== undefined && call !== undefined ? (
                  <FirstCallNeeds applicationId={chosen.id} call={call} />
                ) : (
                  mayChoose && <Notice>{t("noApplication")}</Notice>
                )}
              </QuickStartPanel>
            </NextIntlClientProvider>
          </div>
        </section>
        <div className="min-w-0 space-y-10">
          <IntegrationFacts />
          <LimitsSection />
        </div>
      </div>
      <DelegationSection />
      <MigrationSection />
    </div>
  );
}
