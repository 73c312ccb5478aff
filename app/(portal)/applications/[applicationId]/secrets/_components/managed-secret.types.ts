import type { SecretState } from "@/lib/applications/secrets/application-secret.types";

/** A secret as its buttons need to know it. */
export type ManagedSecret = {
  applicationId: string;
  applicationName: string;
  id: string;
  hint: string;
  state: SecretState;
  /** Whether no other secret is live. */
  isLast: boolean;
  /** The secret that a rotation has put in its place, if that is live. */
  successor: { hint: string; isUsed: boolean } | null;
};
