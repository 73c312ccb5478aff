import "server-only";

import type { Config } from "@/lib/env/config";
import type { ApiAddresses } from "./application.types";

/** Returns where applications send their requests to. */
export function toApiAddresses({ publicUrl }: Pick<Config, "publicUrl">): ApiAddresses {
  return { tokenUrl: `${publicUrl}/api/oauth/token`, roomsUrl: `${publicUrl}/api/external/rooms` };
}
