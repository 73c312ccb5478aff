import "server-only";

import { NextResponse } from "next/server";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import type { PortalReason } from "@/lib/errors/app-reason";
import { problemResponse } from "@/lib/http/problem";
import { requestContext } from "@/lib/http/request-context";
import { toWebResponse } from "@/lib/oauth/http/endpoint-response";
import { log } from "@/lib/observability/logger";
import { OpenIdError, type OpenIdFailure } from "@/lib/openid/openid-error";
import { ORGANISATION_PROBLEMS, type OrganisationProblem } from "@/lib/staff/sign-in/organisation.types";

/** Sends the browser to a page of ours, which says what went wrong. No address is built from what a request says. */
export function leadTo(path: string, problem?: OrganisationProblem): NextResponse {
  const url = new URL(config().publicUrl + path);
  if (problem !== undefined) url.searchParams.append("problem", problem);
  return NextResponse.redirect(url, { status: 303, headers: { "Cache-Control": "private, no-store" } });
}

export function organisationNotConfigured(): Response {
  return toWebResponse(
    problemResponse({
      status: 404,
      code: "not_found",
      detail: "No identity provider is configured here.",
      headers: { "Cache-Control": "no-store" },
    }),
  );
}

type OrganisationReason = OrganisationProblem & PortalReason;

const PROBLEMS: Record<OpenIdFailure, OrganisationReason> = {
  provider_unreachable: "organisation_unreachable",
  cancelled: "organisation_cancelled",
  answer_refused: "organisation_answer_refused",
};

/**
 * Writes why a sign-in through the provider did not happen into the log, and returns what the page may say about it.
 */
export function reportProblem(error: unknown): OrganisationProblem {
  const problem = toProblem(error);
  if (problem === undefined) {
    log.error({ event: "organisation_sign_in_failed", err: error }, "a sign-in through the provider failed");
    return "unexpected";
  }
  const detail = error instanceof OpenIdError ? error.detail : undefined;
  noteRefusal(problem, detail);
  return problem;
}

/** The line that says why nobody was let in. */
export function noteRefusal(reason: OrganisationReason, detail?: string): void {
  const { clientAddress: client_address } = requestContext();
  log.info(
    { event: "organisation_sign_in_refused", reason, detail, client_address },
    "a sign-in through the provider was refused",
  );
}

function toProblem(error: unknown): OrganisationReason | undefined {
  if (error instanceof OpenIdError) return PROBLEMS[error.failure];
  if (!(error instanceof AppError)) return undefined;
  const { reason } = error;
  return ORGANISATION_PROBLEMS.find((problem): problem is OrganisationReason => problem === reason);
}
