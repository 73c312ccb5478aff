import "server-only";

import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { VisitorActor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import { requireSameOrigin } from "@/lib/auth/same-origin";
import { visitorContext } from "@/lib/auth/verb-contexts";
import { AppError } from "@/lib/errors/app-error";
import type { ActionResult } from "./action-result";
import { toActionError } from "./to-action-error";
import { toFieldErrors } from "./to-field-errors";

export type VisitorActionOptions<Schema extends z.ZodType, Data> = {
  schema: Schema;
  run(input: z.output<Schema>, ctx: VerbContext<VisitorActor>): Promise<Data>;
};

/**
 * Makes a server action for somebody who is not signed in: what they hold, such as a one-time link, is checked by the
 * verb. Otherwise it is like `staffAction`.
 */
export function visitorAction<Schema extends z.ZodType, Data>({
  schema,
  run,
}: VisitorActionOptions<Schema, Data>): (input: unknown) => Promise<ActionResult<Data>> {
  return async (input) => {
    try {
      await requireSameOrigin();
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw new AppError("invalid", "invalid", { fieldErrors: toFieldErrors(parsed.error) });
      return { ok: true, data: await run(parsed.data, visitorContext()) };
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, error: toActionError(error) };
    }
  };
}
