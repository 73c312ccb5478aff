import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { RoomState as State } from "@/lib/rooms/staff/staff-room.types";

const TONES = { open: "success", expired: "neutral", deleted: "warning" } as const;

/** Whether somebody can meet there. */
export function RoomState({ state }: { state: State }) {
  const t = useTranslations("rooms");
  return <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>;
}
