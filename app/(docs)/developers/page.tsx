import { BookOpen, CircleAlert } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Notice } from "@/components/ui/notice";
import { listApplicationChoices } from "@/lib/applications/listing/list-application-choices";
import { requireStaff } from "@/lib/auth/require-staff";
import { buildSnippets } from "@/lib/developers/snippets/build-snippets";
import { config } from "@/lib/env/config";
import { routes } from "@/lib/routes";
import { ApplicationChoiceForm } from "./_components/application-choice-form";
import { DelegationSection } from "./_components/delegation-section";
import { LimitsSection } from "./_components/limits-section";
import { MigrationSection } from "./_components/migration-section";

const pageParams = z.object({ application: z.string().max(64).catch("") });

export const generateMetadata = pageTitle("developers.title");

/** From nothing to a working room link, for whoever writes an application or helps those who do. */
export default async function DevelopersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requireStaff("applications:read");
  const { application } = pageParams.parse(await searchParams);
  const [t, choices] = await Promise.all([getTranslations("developers"), listApplicationChoices()]);
  const chosen = choices.find(({ id }) => id === application) ?? choices[0];
  const { publicUrl } = config();
  const snippets = buildSnippets({ publicUrl, clientId: chosen?.clientId ?? "YOUR_CLIENT_ID" });
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
          <p className="text-ink-muted">{t("quickStartText")}</p>
        </div>
        {chosen === undefined ? (
          <Notice>{t("noApplication")}</Notice>
        ) : (
          <ApplicationChoiceForm choices={choices} chosenId={chosen.id} />
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
