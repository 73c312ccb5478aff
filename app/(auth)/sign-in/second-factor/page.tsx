import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Card } from "@/components/ui/card";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { toReturnPath } from "@/lib/auth/return-path";
import { findPendingFactors } from "@/lib/auth/sign-in/finish-pending-sign-in";
import { routes } from "@/lib/routes";
import { CodeForm } from "./_components/code-form";
import { PasskeyForm } from "./_components/passkey-form";

export const generateMetadata = pageTitle("secondFactorSignIn.title");

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Asks whoever has given the right password for what they have besides. Only their browser gets here, and for ten minutes. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const returnTo = toReturnPath((await searchParams).to);
  const factors = await findPendingFactors();
  if (factors === undefined) {
    if ((await findStaffSession()) !== undefined) redirect(returnTo);
    redirect(routes.signIn({ to: returnTo, problem: "second_factor_lost" }));
  }
  const t = await getTranslations("secondFactorSignIn");
  return (
    <>
      <Card className="space-y-5">
        <div className="space-y-2">
          <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
          <p className="text-ink-muted">{t("text")}</p>
        </div>
        {factors.hasPasskey && <PasskeyForm returnTo={returnTo} />}
        {factors.hasPasskey && factors.hasApp && (
          <p className="flex items-center gap-3 text-sm text-ink-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            {t("or")}
          </p>
        )}
        {factors.hasApp && <CodeForm kind="app" isFirst={!factors.hasPasskey} returnTo={returnTo} />}
        <details className="group">
          <summary className="cursor-pointer font-medium text-accent underline underline-offset-4">
            {t("recoverySummary")}
          </summary>
          <div className="pt-4">
            <CodeForm kind="recovery" isFirst={false} returnTo={returnTo} />
          </div>
        </details>
      </Card>
      <div className="space-y-2 text-sm text-ink-muted">
        <p>{t("help")}</p>
        <p>
          <Link href={routes.signIn({ to: returnTo })} className="font-medium underline">
            {t("back")}
          </Link>
        </p>
      </div>
    </>
  );
}
