import type { Config } from "@/lib/env/config";
import type { EndpointHandler } from "@/lib/http/endpoint";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import { testConfig } from "@/lib/testing/test-config";

/** The machine API without its timers: what it does now and then is done when `settled` says so. */
export function openUntimedMachine(ports: Partial<M2mPorts> = {}, settings: Partial<Config> = {}): M2mApi {
  return createM2mApi(testConfig(settings), { schedule: () => {}, ...ports });
}

/** An endpoint that takes a token with the scope of lists, and does `run`. */
export function listRoute(machine: M2mApi, run: () => Promise<unknown> = async () => ({})): EndpointHandler {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run });
}
