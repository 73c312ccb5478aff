"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { findFollowedLink } from "@/components/ui/followed-link";

/**
 * Shows that a page is on its way: from the click on a link until the address changes, and only when that takes longer
 * than a blink (globals.css). It says nothing to screen readers: what they need to know is the new page's title.
 */
export function NavigationBar() {
  const [path, query] = [usePathname(), useSearchParams().toString()];
  const address = `${path}?${query}`;
  const [leaving, setLeaving] = useState<string>();

  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (findFollowedLink(event) !== undefined) setLeaving(address);
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [address]);

  // One that was left and is shown again, by Back, is on its way nowhere.
  useEffect(() => {
    const forget = () => setLeaving(undefined);
    window.addEventListener("pageshow", forget);
    window.addEventListener("popstate", forget);
    return () => {
      window.removeEventListener("pageshow", forget);
      window.removeEventListener("popstate", forget);
    };
  }, []);

  return leaving === address && <div aria-hidden="true" className="navigation-bar" />;
}
