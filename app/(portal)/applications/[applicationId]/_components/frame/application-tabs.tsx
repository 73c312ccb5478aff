import { useTranslations } from "next-intl";
import { SectionTabs } from "@/components/layout/section-tabs";
import { routes } from "@/lib/routes";

type ApplicationTabsProps = {
  applicationId: string;
  /** How many secrets and keys it can authenticate with now. */
  credentialCount: number;
  hasHistory: boolean;
};

/** The pages of an application, each one click from every other. */
export function ApplicationTabs({ applicationId: id, credentialCount, hasHistory }: ApplicationTabsProps) {
  const t = useTranslations("applicationFrame");
  const { applications } = routes;
  return (
    <SectionTabs
      label={t("tabs")}
      tabs={[
        { label: t("overview"), href: applications.detail(id), segments: [null] },
        { label: t("activity"), href: applications.activity(id), segments: ["activity"] },
        {
          label: t("secrets", { count: credentialCount }),
          href: applications.secrets(id),
          segments: ["secrets", "authentication"],
        },
        { label: t("delegation"), href: applications.delegation(id), segments: ["delegation", "check-access"] },
        { label: t("settings"), href: applications.edit(id), segments: ["edit"] },
        ...(hasHistory ? [{ label: t("history"), href: applications.history(id), segments: ["history"] }] : []),
      ]}
    />
  );
}
