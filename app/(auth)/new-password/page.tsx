import { useTranslations } from "next-intl";
import { pageTitle } from "@/app/page-title";
import { OneTimeLinkCard } from "../_components/one-time-link-card";

export const generateMetadata = pageTitle("oneTimeLink.newPasswordTitle");

export default function NewPasswordPage() {
  const t = useTranslations("oneTimeLink");
  return <OneTimeLinkCard title={t("newPasswordTitle")} kind="password_reset" />;
}
