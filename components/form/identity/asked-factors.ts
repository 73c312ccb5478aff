import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { ActionResult } from "@/lib/actions/action-result";

/** What is asked for besides the password, or in its place. */
export type AskedFactors = {
  /** The member has a second factor, so that a code belongs to the password. */
  isCodeAsked: boolean;
  /** They have a passkey, which is enough by itself. */
  askPasskey: ((input: object) => Promise<ActionResult<PublicKeyCredentialRequestOptionsJSON>>) | undefined;
};
