import Link from "next/link";
import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

export default function StaffMemberNotFound() {
  const t = useTranslations("staff");
  return (
    <Message title={t("notFoundTitle")}>
      <p>{t("notFoundText")}</p>
      <p>
        <Link href={routes.staff.list()} className={buttonStyles()}>
          {t("backToList")}
        </Link>
      </p>
    </Message>
  );
}
