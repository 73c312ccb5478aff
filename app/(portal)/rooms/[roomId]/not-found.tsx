import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export default function RoomNotFound() {
  const t = useTranslations("roomPage");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.rooms.list(), label: t("back") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
