import "server-only";

import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { HttpProblem } from "./problem";

/** What `If-Match` or `If-None-Match` asks for: any state that exists, or one of these tags (RFC 9110 §13.1.1). */
export type EntityTagCondition = "*" | readonly { value: string; isWeak: boolean }[];

const TAG = /(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)"/;
const TAG_LIST = new RegExp(`^${TAG.source}(?:[ \\t]*,[ \\t]*${TAG.source})*$`);

/** The field value of a strong entity tag. `value` is of letters, digits and hyphens. */
export function strongTag(value: string): string {
  return `"${value}"`;
}

/**
 * Parses a precondition; undefined when there is none. Throws HttpProblem 400 for what is no list of entity tags: a
 * condition that nobody understands must not pass for one that holds.
 */
export function readEntityTagCondition(
  request: EndpointRequest,
  name: "If-Match" | "If-None-Match",
): EntityTagCondition | undefined {
  const field = request.headers.get(name)?.trim();
  if (field === undefined) return undefined;
  if (field === "*") return "*";
  if (!TAG_LIST.test(field)) {
    throw new HttpProblem({
      status: 400,
      code: "condition_malformed",
      detail: `${name} must be * or a list of entity tags in double quotes.`,
    });
  }
  return Array.from(field.matchAll(new RegExp(TAG, "g")), ([, weak, value = ""]) => ({
    value,
    isWeak: weak !== undefined,
  }));
}

/** Whether a stored answer under one of these tags is still the present one (weak comparison, RFC 9110 §8.8.3.2). */
export function matchesWeakly(condition: EntityTagCondition, tag: string): boolean {
  return condition === "*" || condition.some(({ value }) => strongTag(value) === tag);
}
