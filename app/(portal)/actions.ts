"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { revokeAllTokens } from "@/lib/tokens/revoke-all-tokens";
import { revokeAllTokensSchema } from "@/lib/tokens/revoke-all-tokens.schema";

export const revokeAllTokensAction = staffAction({
  permission: "tokens:revoke-all",
  schema: revokeAllTokensSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => revokeAllTokens(ctx, input),
});
