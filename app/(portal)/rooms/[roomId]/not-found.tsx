import Link from "next/link";
import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

export default function RoomNotFound() {
  const t = useTranslations("roomPage");
  return (
    <Message title={t("notFoundTitle")}>
      <p>{t("notFoundText")}</p>
      <p>
        <Link href={routes.rooms.list()} className={buttonStyles()}>
          {t("back")}
        </Link>
      </p>
    </Message>
  );
}
