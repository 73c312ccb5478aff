import "server-only";

import { renderCompatibleRefusal } from "./compatibility/compatible-route";
import { createExternalRoute, createOtherMethods } from "./external/external-route";
import { machine } from "./machine";

// The routes of this process.

/** One method of the external API. */
export const externalRoute = createExternalRoute(machine);
/** The answers for the methods that a path of it does not have. */
export const otherMethods = createOtherMethods(machine);

/** One method of the API of La Suite Meet: a route of ours, with refusals as that API writes them. */
export const compatibleRoute = createExternalRoute(machine, renderCompatibleRefusal);
/** The answers for the methods that a path of that API does not have. */
export const otherCompatibleMethods = createOtherMethods(machine, renderCompatibleRefusal);
