import "server-only";

import { describeToken } from "@/lib/machine/authority/describe-token";
import { externalResource, externalRoute } from "@/lib/machine/external-routes";

/** `GET /api/external/me`: what a token is good for. */
export const meResource = externalResource({
  GET: externalRoute({ scope: null, run: async (_input, { grant }) => describeToken(grant) }),
});
