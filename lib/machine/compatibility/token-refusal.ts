import "server-only";

import type { OAuthError } from "@/lib/oauth/oauth-error";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** A refusal as La Suite Meet words it. */
export type UpstreamRefusal = { status: number; body: Readonly<Record<string, string | readonly string[]>> };

const REQUIRED = "This field is required.";
const NO_CHOICE = "This is not a valid choice.";
const NO_ADDRESS: UpstreamRefusal = { status: 400, body: { error: "Scope should be a valid email address." } };
// One answer for everybody who cannot be acted for: it does not tell who has an account.
const NOBODY: UpstreamRefusal = { status: 404, body: { detail: "User not found." } };

const NOT_LISTED: UpstreamRefusal = {
  status: 403,
  body: { error: "This application is not authorized for this person." },
};

const field = (name: string, sentence: string): UpstreamRefusal => ({ status: 400, body: { [name]: [sentence] } });

/** By reason code. Only whoever holds a genuine secret or key of the application gets as far as `inactive_client`. */
const BY_REASON: Readonly<Partial<Record<OAuthReason, UpstreamRefusal>>> = {
  client_id_missing: field("client_id", REQUIRED),
  client_secret_missing: field("client_secret", REQUIRED),
  grant_type_missing: field("grant_type", REQUIRED),
  grant_type_unsupported: field("grant_type", NO_CHOICE),
  grant_type_not_registered: field("grant_type", NO_CHOICE),
  scope_missing: field("scope", REQUIRED),
  scope_malformed: NO_ADDRESS,
  subject_missing: NO_ADDRESS,
  subject_repeated: NO_ADDRESS,
  subject_malformed: NO_ADDRESS,
  requested_subject_malformed: field("requested_subject", "Enter a valid email address."),
  inactive_client: { status: 401, body: { detail: "Application is inactive" } },
  domain_not_allowed: {
    status: 403,
    body: { error: "This application is not authorized for this email domain." },
  },
  subject_denied: NOT_LISTED,
  subject_not_listed: NOT_LISTED,
  subject_is_staff: NOBODY,
  subject_unknown: NOBODY,
  subject_inactive: NOBODY,
  subject_opted_out: NOBODY,
  media_type: { status: 415, body: { detail: "Unsupported media type in request." } },
};

/** What the API of La Suite Meet answers for this refusal; what it does not know is told in `detail`, as its framework does. */
export function toUpstreamTokenRefusal({ reason, status, description }: OAuthError): UpstreamRefusal {
  return BY_REASON[reason] ?? { status, body: { detail: description } };
}
