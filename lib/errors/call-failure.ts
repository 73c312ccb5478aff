/** What a call fails with before an action could say anything: no answer, a page of a version that is gone, too much. */
export const CALL_FAILURES = ["unreachable", "page_outdated", "too_large"] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];
