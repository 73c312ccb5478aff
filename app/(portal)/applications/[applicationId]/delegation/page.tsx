import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { delegationLinkParams } from "@/lib/applications/delegation/delegation.schema";
import { getDelegation } from "@/lib/applications/delegation/get-delegation";
import { requireStaff } from "@/lib/auth/require-staff";
import { countKnownPeople } from "@/lib/people/count-known-people";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { CheckAgain } from "../../../_components/cure/check-again";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { DomainsCard } from "./_components/domains-card";
import { PersonListCard } from "./_components/person-list-card";

export const generateMetadata = applicationTitle("delegation.title");

type DelegationPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DelegationPage({ params, searchParams }: DelegationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const { id, name } = await findApplication((await params).applicationId);
  const [delegation, known, t, now] = await Promise.all([
    getDelegation(id),
    countKnownPeople(),
    getTranslations("delegation"),
    getNow(),
  ]);
  const search = await searchParams;
  const suggestion = delegationLinkParams.parse(search);
  const canWrite = isPermitted(staff.role, "applications:write");
  const { domains, allowed, denied } = delegation;
  // What is allowed already needs no suggestion; a first domain would take away, not add.
  const domain =
    domains.length > 0 && !domains.some((each) => each.domain === suggestion.domain) ? suggestion.domain : undefined;
  const allow = allowed.some(({ email }) => email === suggestion.allow) ? undefined : suggestion.allow;
  const list = { applicationId: id, name, canWrite, now, isOpen: domains.length === 0 };
  return (
    <div className="max-w-4xl space-y-6">
      <SectionHeader title={t("title")} description={t("order")}>
        <Link href={routes.applications.checkAccess(id)} className={buttonStyles()}>
          {t("checkAccess")}
        </Link>
      </SectionHeader>
      <CheckAgain back={search.back} />
      {!canWrite && <ReadOnlyNotice />}
      {domains.length === 0 && allowed.length === 0 && (
        <Notice tone="warning">
          <p className="font-medium">{t("anyone")}</p>
          <p>
            {known.hasMore ? t("anyoneKnownMore", { count: known.count }) : t("anyoneKnown", { count: known.count })}
          </p>
        </Notice>
      )}
      <DomainsCard applicationId={id} name={name} domains={domains} canWrite={canWrite} suggested={domain} />
      <PersonListCard effect="deny" rules={denied} {...list} />
      <PersonListCard effect="allow" rules={allowed} suggested={allow} {...list} />
    </div>
  );
}
