import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BrandMark } from "@/components/layout/brand";
import { Card } from "@/components/ui/card";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { routes } from "@/lib/routes";
import { SignInForm } from "./_components/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage() {
  if ((await findStaffSession()) !== undefined) redirect(routes.home());
  const t = await getTranslations("signIn");
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
        <SignInForm />
      </Card>
      <p className="text-sm text-ink-muted">{t("help")}</p>
    </>
  );
}
