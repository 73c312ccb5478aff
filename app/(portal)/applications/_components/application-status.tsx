import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

/** Whether the application may get tokens, in a word. */
export function ApplicationStatus({ isActive }: { isActive: boolean }) {
  const t = useTranslations("applications");
  return (
    <Badge tone={isActive ? "success" : "neutral"}>
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {isActive ? t("active") : t("inactive")}
    </Badge>
  );
}
