import "server-only";

import { HttpProblem } from "@/lib/http/problem";
import type { QuotaUse } from "./request-quota";

/** RFC 9457 registry, defined by draft-ietf-httpapi-ratelimit-headers. */
const QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/** The refusal of a call of the external API beyond the quota: 429 with the policy, and the time to wait. */
export function quotaExceeded({ policy, resetSeconds }: QuotaUse): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: "quota_exceeded",
    type: QUOTA_EXCEEDED,
    detail: `This application has made its ${policy.quota} calls of this minute. Wait ${resetSeconds} seconds.`,
    extensions: { "violated-policies": [policy.name] },
    headers: { "Retry-After": String(resetSeconds) },
  });
}
