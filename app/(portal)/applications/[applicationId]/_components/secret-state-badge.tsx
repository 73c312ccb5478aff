import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { SecretState } from "@/lib/applications/secrets/application-secret.types";

const TONES = {
  live: "success",
  scheduled: "warning",
  expired: "neutral",
  revoked: "neutral",
  compromised: "danger",
} as const satisfies Record<SecretState, string>;

/** A word about what has become of a secret. */
export function SecretStateBadge({ state }: { state: SecretState }) {
  const t = useTranslations("secretStates");
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}
