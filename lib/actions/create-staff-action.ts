import "server-only";

import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { StaffActor } from "@/lib/audit/actor";
import { isPermitted, type Permission } from "@/lib/auth/permissions";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { toStaffActor } from "@/lib/auth/to-staff-actor";
import { AppError } from "@/lib/errors/app-error";
import type { StaffSessionView } from "@/lib/staff/staff-session.types";
import type { ActionResult } from "./action-result";
import { toActionError } from "./to-action-error";
import { toFieldErrors } from "./to-field-errors";

export type StaffActionOptions<Schema extends z.ZodType, Data> = {
  permission: Permission;
  schema: Schema;
  run(input: z.output<Schema>, context: { actor: StaffActor }): Promise<Data>;
};

export type StaffActionDeps = {
  findSession(): Promise<StaffSessionView | undefined>;
  readHeaders(): Promise<Pick<Headers, "get">>;
  publicUrl(): string;
};

/**
 * Builds `staffAction`. An action checks, in this order: where the request comes from, who is signed in, what they may
 * do, what they sent. A stranger learns nothing from the shape of a form, and `run` only ever sees parsed input. It
 * never throws to the browser, except what Next uses to redirect.
 */
export function createStaffAction(deps: StaffActionDeps) {
  async function requireActor(permission: Permission): Promise<StaffActor> {
    if (!isSameOrigin(await deps.readHeaders(), deps.publicUrl())) {
      throw new AppError("forbidden", "forbidden", { detail: "The request came from another origin." });
    }
    const session = await deps.findSession();
    if (session === undefined) throw new AppError("unauthenticated", "session_ended");
    if (!isPermitted(session.staff.role, permission)) {
      throw new AppError("forbidden", "forbidden", { detail: `The role ${session.staff.role} lacks ${permission}.` });
    }
    return toStaffActor(session);
  }

  return function staffAction<Schema extends z.ZodType, Data>({
    permission,
    schema,
    run,
  }: StaffActionOptions<Schema, Data>): (input: unknown) => Promise<ActionResult<Data>> {
    return async (input) => {
      try {
        const actor = await requireActor(permission);
        const parsed = schema.safeParse(input);
        if (!parsed.success) throw new AppError("invalid", "invalid", { fieldErrors: toFieldErrors(parsed.error) });
        return { ok: true, data: await run(parsed.data, { actor }) };
      } catch (error) {
        // Redirects and "not found" travel as exceptions.
        unstable_rethrow(error);
        return { ok: false, error: toActionError(error) };
      }
    };
  };
}
