import { Badge } from "@/components/ui/badge";
import { toCallResult } from "@/lib/activity/call-result.types";

const TONES = { answered: "success", refused: "warning", failed: "danger" } as const;

/** The status of an answer, in the colour of how the request ended. */
export function StatusBadge({ status, reason }: { status: number; reason: string | null }) {
  return (
    <Badge tone={reason === null ? TONES.answered : TONES[toCallResult(reason)]}>
      <span className="font-mono tabular-nums">{status}</span>
    </Badge>
  );
}
