import { useTranslations } from "next-intl";
import { pageTitle } from "@/app/page-title";
import { OneTimeLinkCard } from "../_components/one-time-link-card";

export const generateMetadata = pageTitle("oneTimeLink.invitationTitle");

export default function InvitationPage() {
  const t = useTranslations("oneTimeLink");
  return <OneTimeLinkCard title={t("invitationTitle")} kind="invitation" />;
}
