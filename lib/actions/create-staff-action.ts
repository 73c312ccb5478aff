import "server-only";

import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { VerbContext } from "@/lib/audit/verb-context";
import { findObstacle } from "@/lib/auth/find-obstacle";
import { requireOwnOrigin } from "@/lib/auth/same-origin";
import { toStaffActor } from "@/lib/auth/to-staff-actor";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { isPermitted, type Permission } from "@/lib/permissions";
import { isSignInFresh } from "@/lib/staff/sessions/staff-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import type { Clock } from "@/lib/time";
import type { ActionResult } from "./action-result";
import { toActionError } from "./to-action-error";
import { toFieldErrors } from "./to-field-errors";

/**
 * Tells whether what is asked widens what somebody or something may do. What it reads is not locked: somebody else can
 * only have taken away in between what was there a moment ago.
 */
type FreshSignInRule<Schema extends z.ZodType> = (
  input: z.output<Schema>,
  ctx: Pick<VerbContext, "now" | "config">,
) => boolean | Promise<boolean>;

export type StaffActionOptions<Schema extends z.ZodType, Data> = {
  permission: Permission;
  schema: Schema;
  /**
   * For what destroys and for what widens: the member must have proved who they are within the last 15 minutes.
   * Otherwise nothing runs and the answer is `reauthentication_required`, on which the portal asks for the proof and
   * calls again by itself. A function tells by the parsed input, and by what is stored, whether this call is one of
   * those; it is asked only when the sign-in is not fresh.
   */
  requiresFreshSignIn?: boolean | FreshSignInRule<Schema>;
  /** For background polling: it does not extend the session of somebody who has left. */
  isUnattended?: boolean;
  run(input: z.output<Schema>, ctx: VerbContext & { session: StaffSessionView }): Promise<Data>;
};

export type StaffActionDeps = {
  findSession(how: { isUnattended: boolean }): Promise<StaffSessionView | undefined>;
  readHeaders(): Promise<Pick<Headers, "get">>;
  config(): Config;
  now: Clock;
};

/**
 * Builds `staffAction`. An action checks, in this order: where the request comes from, who is signed in, what they may
 * do, what they sent, and when they last proved who they are. A stranger learns nothing from the shape of a form, and
 * `run` only ever sees parsed input. It never throws to the browser, except what Next uses to redirect.
 */
export function createStaffAction(deps: StaffActionDeps) {
  async function requireSession(permission: Permission, isUnattended: boolean): Promise<StaffSessionView> {
    requireOwnOrigin(await deps.readHeaders(), deps.config().publicUrl);
    const session = await deps.findSession({ isUnattended });
    if (session === undefined) throw new AppError("unauthenticated", "session_ended");
    if (!isPermitted(session.staff.role, permission)) {
      throw new AppError("forbidden", "forbidden", { detail: `The role ${session.staff.role} lacks ${permission}.` });
    }
    const obstacle = findObstacle(session, permission, deps.config());
    if (obstacle !== undefined) throw new AppError("precondition", obstacle);
    return session;
  }

  return function staffAction<Schema extends z.ZodType, Data>({
    permission,
    schema,
    requiresFreshSignIn = false,
    isUnattended = false,
    run,
  }: StaffActionOptions<Schema, Data>): (input: unknown) => Promise<ActionResult<Data>> {
    return async (input) => {
      try {
        const session = await requireSession(permission, isUnattended);
        const parsed = schema.safeParse(input);
        if (!parsed.success) throw new AppError("invalid", "invalid", { fieldErrors: toFieldErrors(parsed.error) });
        const ctx = { actor: toStaffActor(session), session, now: deps.now, config: deps.config() };
        if (!isSignInFresh(session, deps.now()) && (await isAsked(requiresFreshSignIn, parsed.data, ctx))) {
          throw new AppError("precondition", "reauthentication_required");
        }
        return { ok: true, data: await run(parsed.data, ctx) };
      } catch (error) {
        // Redirects and "not found" travel as exceptions.
        unstable_rethrow(error);
        return { ok: false, error: toActionError(error) };
      }
    };
  };
}

function isAsked<Schema extends z.ZodType>(
  rule: boolean | FreshSignInRule<Schema>,
  input: z.output<Schema>,
  ctx: VerbContext,
): boolean | Promise<boolean> {
  return typeof rule === "function" ? rule(input, ctx) : rule;
}
