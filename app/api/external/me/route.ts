import { describeToken } from "@/lib/machine/authority/describe-token";
import { externalRoute, otherMethods } from "@/lib/machine/external-routes";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = externalRoute({ scope: null, run: async (_input, { grant }) => describeToken(grant) });

export const HEAD = GET;

const others = otherMethods(["GET", "HEAD"]);
export const OPTIONS = others.options;
export const POST = others.refused;
export const PUT = others.refused;
export const PATCH = others.refused;
export const DELETE = others.refused;
