import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { BrandMark } from "@/components/layout/brand";
import { Card } from "@/components/ui/card";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { toReturnPath } from "@/lib/auth/return-path";
import { config } from "@/lib/env/config";
import { toOrganisationProblem } from "@/lib/staff/sign-in/organisation.types";
import { OrganisationProblem } from "../_components/organisation-problem";
import { OrganisationSignIn } from "./_components/organisation-sign-in";
import { SignInForm } from "./_components/sign-in-form";

export const generateMetadata = pageTitle("signIn.title");

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { problem: asked, to } = await searchParams;
  const returnTo = toReturnPath(to);
  if ((await findStaffSession()) !== undefined) redirect(returnTo);
  const t = await getTranslations("signIn");
  const { openId } = config();
  const organisationProblem = openId === undefined ? undefined : toOrganisationProblem(asked);
  const problem = asked === "second_factor_lost" ? asked : organisationProblem;
  return (
    <>
      <div className="flex items-center gap-3">
        <BrandMark className="size-11" />
        <div>
          <p className="text-lg leading-tight font-semibold">Vestibule</p>
          <p className="text-sm text-ink-muted">{t("tagline")}</p>
        </div>
      </div>
      <Card className="space-y-5">
        <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
        {problem !== undefined && <OrganisationProblem problem={problem} />}
        <SignInForm returnTo={returnTo} />
        {openId !== undefined && <OrganisationSignIn label={openId.buttonLabel} returnTo={returnTo} />}
      </Card>
      <p className="text-sm text-ink-muted">{t("help")}</p>
    </>
  );
}
