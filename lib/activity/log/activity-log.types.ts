import type { CallResult } from "@/lib/activity/call-result.types";
import type { RefusalCause } from "@/lib/activity/refusal-cause.types";
import type { ActivityEntry, CredentialName } from "../activity.types";

/** What the log is narrowed to, with everything that an address names found. */
export type ActivityScope = {
  since: Date;
  until: Date;
  outcome: CallResult | undefined;
  status: number | undefined;
  cause: RefusalCause | undefined;
  application: { id: string; name: string | null } | undefined;
  person: { id: string; email: string } | undefined;
  credential: (CredentialName & { applicationId: string }) | undefined;
  /** What the address names does not exist, so that nothing can be found. */
  isNowhere: boolean;
};

/** A page of the log. It is read from a place on, never counted. */
export type ActivityPage = {
  entries: ActivityEntry[];
  /** The place after which older requests go on; null when there are none. */
  olderThan: string | null;
  /** The place before which newer requests are; null on the first page. */
  newerThan: string | null;
  /** How far it was looked when that did not fill the page: so much else is there that the rest is for another page. */
  lookedUntil: Date | null;
};
