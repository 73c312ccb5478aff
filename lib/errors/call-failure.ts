/** What a call fails with before an action could say anything: no answer, or a page of a version that is gone. */
export const CALL_FAILURES = ["unreachable", "page_outdated"] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];
