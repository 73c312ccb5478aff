import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { EntityTagCondition } from "@/lib/http/entity-tag";
import type { DomainLimit } from "@/lib/oauth/domain-limit";

/** In what context an application works on rooms on behalf of a person. */
export type RoomContext = VerbContext<ApplicationActor> & {
  /** Of which domains the people are whom the application may name and see. */
  domains: DomainLimit;
};

/** What the caller believes the present state of a room to be; undefined when it does not say. */
export type RoomPrecondition = { ifMatch: EntityTagCondition | undefined };
