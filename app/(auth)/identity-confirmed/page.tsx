import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Card } from "@/components/ui/card";
import { toOrganisationProblem } from "@/lib/staff/sign-in/organisation.types";
import { OrganisationProblem } from "../_components/organisation-problem";
import { AnswerToOpener } from "./_components/answer-to-opener";

export const generateMetadata = pageTitle("identityConfirmed.title");

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * Where the tab ends that was opened to prove an identity at the provider. It tells the tab before, and closes if it
 * may.
 */
export default async function IdentityConfirmedPage({ searchParams }: Props) {
  const problem = toOrganisationProblem((await searchParams).problem);
  const t = await getTranslations("identityConfirmed");
  return (
    <Card className="space-y-5">
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      {problem !== undefined && <OrganisationProblem problem={problem} />}
      <p>{t(problem === undefined ? "done" : "failed")}</p>
      <AnswerToOpener problem={problem} />
    </Card>
  );
}
