import "server-only";

import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
} from "openid-client";
import type { OpenIdSettings } from "@/lib/env/services/read-openid-settings";
import { MINUTE_MS } from "@/lib/time";
import { OpenIdError } from "./openid-error";

/** Providers change their endpoints and keys rarely; the keys of signatures are looked up anew by themselves. */
const KEPT_MILLISECONDS = 10 * MINUTE_MS;
/** Somebody waits in front of a browser. */
const TIMEOUT_SECONDS = 8;

type Known = { settings: OpenIdSettings; readAt: number; configuration: Promise<Configuration> };

// One for every bundle of this process.
const KEY = Symbol.for("vestibule.openid-provider");
const shared = globalThis as { [KEY]?: Known };

/** Returns what the provider publishes about itself, read at most every ten minutes. Throws OpenIdError `provider_unreachable`. */
export async function openIdProvider(settings: OpenIdSettings): Promise<Configuration> {
  const known = shared[KEY];
  if (known !== undefined && known.settings === settings && Date.now() - known.readAt < KEPT_MILLISECONDS) {
    return known.configuration;
  }
  const configuration = discover(settings);
  const entry = { settings, readAt: Date.now(), configuration };
  shared[KEY] = entry;
  // A failure is not kept: the next one who tries finds the provider back.
  configuration.catch(() => {
    if (shared[KEY] === entry) delete shared[KEY];
  });
  return configuration;
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  try {
    return await discovery(new URL(issuer), clientId, undefined, clientSecretOf(clientSecret), {
      // Signatures are checked although the token came over TLS: a proxy that breaks it open must not make members.
      execute: [enableNonRepudiationChecks, ...(issuer.startsWith("http:") ? [allowInsecureRequests] : [])],
      timeout: TIMEOUT_SECONDS,
    });
  } catch (error) {
    throw new OpenIdError("provider_unreachable", error);
  }
}

/** In the header, which is what every provider has to take, unless this one says that it takes it in the body only. */
function clientSecretOf(secret: string): ClientAuth {
  const inHeader = ClientSecretBasic(secret);
  const inBody = ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic") ? inHeader : inBody;
    return authenticate(server, ...rest);
  };
}
