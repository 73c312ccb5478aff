import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";

export default function RoomNotFound() {
  const t = useTranslations("room");
  return (
    <main>
      <Message title={t("notFoundTitle")}>
        <p>{t("notFoundText")}</p>
      </Message>
    </main>
  );
}
