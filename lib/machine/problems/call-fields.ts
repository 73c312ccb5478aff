import "server-only";

import { requestContext } from "@/lib/http/request-context";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";

/** Whose token it is, which its signature proves, whatever it is good for. */
export type TokenOwner = { clientId: string; personId: string; credentialId: string };

/**
 * What every line of the log about a call of the external API has, answered or refused: what was called, from where,
 * and, as far as that is proved, by which application on whose behalf.
 */
export function callFields({ method, url }: EndpointRequest, owner: TokenOwner | undefined) {
  const who = owner === undefined ? {} : { client_id: owner.clientId, person_id: owner.personId };
  return { method, path: new URL(url).pathname, ...who, client_address: requestContext().clientAddress };
}
