import "server-only";

import { config } from "@/lib/env/config";
import { readJsonBody } from "@/lib/http/json-body";
import { HttpProblem, problemResponse } from "@/lib/http/problem";
import { toWebResponse } from "@/lib/oauth/http/endpoint-response";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { searchSchema } from "./search.schema";
import { searchPortal } from "./search-portal";

/**
 * Answers what somebody typed into the search of the portal. It comes in a body and not in an address, which proxies
 * and browsers write down; neither a refusal nor the log repeats it.
 */
export async function answerSearch(request: Request, { staff }: StaffSessionView): Promise<Response> {
  try {
    const body = searchSchema.safeParse(await readJsonBody(request));
    if (!body.success) throw new HttpProblem({ status: 400, code: "invalid", detail: "This cannot be searched for." });
    const groups = await searchPortal(body.data, { role: staff.role, now: new Date(), addresses: config() });
    return Response.json({ groups }, { headers: { "Cache-Control": "private, no-store" } });
  } catch (error) {
    if (error instanceof HttpProblem) return toWebResponse(problemResponse(error.problem));
    throw error;
  }
}
