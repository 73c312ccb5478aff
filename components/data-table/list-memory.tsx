"use client";

import type { Route } from "next";
import { useEffect } from "react";
import { noteList } from "./noted-list";

/** Notes how a list is searched, filtered, ordered and turned, for `ListLink`. */
export function ListMemory({ address }: { address: Route }) {
  useEffect(() => noteList(address), [address]);
  return null;
}
