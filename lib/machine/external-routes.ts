import "server-only";

import { renderCompatibleRefusal } from "./compatibility/compatible-route";
import { createExternalResource, createExternalRoute, type ExternalMachine } from "./external/external-route";
import { m2mApi } from "./m2m-api";

// The routes of this process.

/** One method of the external API. */
export const externalRoute = createExternalRoute(m2mApi);
/** An address of it. */
export const externalResource = createExternalResource(m2mApi);

/** One method of the API of La Suite Meet: a route of ours, with refusals as that API writes them. */
export const compatibleRoute = createExternalRoute(compatibleApi, renderCompatibleRefusal);
/** An address of that API. */
export const compatibleResource = createExternalResource(compatibleApi, renderCompatibleRefusal);

/** The metadata is that of our own path, and a client must not take it for another resource's (RFC 9728 §3.3). */
function compatibleApi(): ExternalMachine {
  const { resource, ...api } = m2mApi();
  const { resourceMetadata: _, ...withoutMetadata } = resource;
  return { ...api, resource: withoutMetadata };
}
