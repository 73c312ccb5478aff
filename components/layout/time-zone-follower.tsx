"use client";

import { useEffect } from "react";

type TimeZoneFollowerProps = { zone: string; follow(zone: string): Promise<void> };

/** Tells the server in which zone this browser is, when that is another one than the page was made in. */
export function TimeZoneFollower({ zone, follow }: TimeZoneFollowerProps) {
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // A server that cannot be reached now is told by the next page.
    if (own !== zone) follow(own).catch(() => {});
  }, [zone, follow]);
  return null;
}
