import { BookOpen, CircleAlert } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { z } from "zod";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { listApplicationChoices } from "@/lib/applications/listing/list-application-choices";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { buildSnippets } from "@/lib/developers/snippets/build-snippets";
import { checkFirstCall } from "@/lib/developers/snippets/check-first-call";
import { config } from "@/lib/env/config";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { ApplicationChoiceForm } from "./_components/application-choice-form";
import { DelegationSection } from "./_components/delegation-section";
import { FirstCallNeeds } from "./_components/first-call-needs";
import { LimitsSection } from "./_components/limits-section";
import { MigrationSection } from "./_components/migration-section";

const pageParams = z.object({ application: z.string().max(64).catch("") });

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
  const { application } = pageParams.parse(await searchParams);
  const [t, session, now] = await Promise.all([getTranslations("developers"), findStaffSession(), getNow()]);
  const mayChoose = session !== undefined && isPermitted(session.staff.role, "applications:read");
  const choices = mayChoose && !session.mustChangePassword ? await listApplicationChoices(now) : [];
  const chosen = choices.find(({ id }) => id === application) ?? choices.find(({ isUsable }) => isUsable) ?? choices[0];
  const call = chosen === undefined ? undefined : await checkFirstCall(chosen.id);
  const { publicUrl } = config();
  const email = call?.email ?? "ana@example.com";
  const snippets = buildSnippets({ publicUrl, clientId: chosen?.clientId ?? "YOUR_CLIENT_ID", email });
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
      <section aria-labelledby="quick-start" className="space-y-5">
        <div className="max-w-prose space-y-1">
          <h2 id="quick-start" className="text-lg font-semibold">
            {t("quickStart")}
          </h2>
          <p className="text-ink-muted">{t("quickStartText", { email })}</p>
        </div>
        {chosen === undefined || call === undefined ? (
          <Notice>{mayChoose ? t("noApplication") : t("signInToChoose")}</Notice>
        ) : (
          <>
            <ApplicationChoiceForm choices={choices} chosenId={chosen.id} />
            <FirstCallNeeds applicationId={chosen.id} call={call} />
          </>
        )}
        <CodeBlock label={t("secretLabel")} code={'export VESTIBULE_CLIENT_SECRET="…"'} />
        <div className="grid gap-5">
          {snippets.map(({ label, code }) => (
            <CodeBlock key={label} label={label} code={code} />
          ))}
        </div>
        <p className="max-w-prose text-ink-muted">
          {t.rich("quickStartNext", { code: (chunks) => <code className="font-mono text-ink">{chunks}</code> })}
        </p>
      </section>
      <DelegationSection />
      <LimitsSection />
      <MigrationSection />
    </div>
  );
}
