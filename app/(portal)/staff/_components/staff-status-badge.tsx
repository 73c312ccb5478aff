import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { StaffStatus } from "@/lib/staff/staff.types";

const TONES = { active: "success", inactive: "neutral", invited: "neutral", invitation_not_live: "warning" } as const;

/** Whether a member can sign in, in a word. */
export function StaffStatusBadge({ status }: { status: StaffStatus }) {
  const t = useTranslations("staff");
  return <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>;
}
