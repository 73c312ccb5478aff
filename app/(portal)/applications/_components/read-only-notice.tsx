import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** For members whose role lets them look: what they came for needs another role. */
export function ReadOnlyNotice() {
  const t = useTranslations("applicationForm");
  return <Notice>{t("readOnly")}</Notice>;
}
