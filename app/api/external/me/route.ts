import { describeToken } from "@/lib/machine/authority/describe-token";
import { externalRoute, otherMethods } from "@/lib/machine/external-routes";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = externalRoute({ scope: null, run: async (_input, { grant }) => describeToken(grant) });

export const HEAD = GET;

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods(["GET", "HEAD"]);
