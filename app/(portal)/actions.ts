"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { endAllTokens } from "@/lib/tokens/end-all-tokens";
import { endAllTokensSchema } from "@/lib/tokens/end-all-tokens.schema";

export const endAllTokensAction = staffAction({
  permission: "tokens:end-all",
  schema: endAllTokensSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => endAllTokens(ctx, input),
});
