"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { reachAction } from "@/components/form/reach-action";
import type { DomainsPreview } from "@/lib/applications/delegation/delegation.types";
import type { Counted } from "@/lib/list/counted";
import { previewDomainsAction } from "../actions";

/** Whoever types on is not counted for. */
const QUIET_MS = 250;

type DomainEffectProps = {
  applicationId: string;
  /** None stands for every domain. */
  domains: readonly string[];
  isShown: boolean;
};

/** Whom a list that is not saved would bring into reach and out of it, counted by the server. */
export function DomainEffect({ applicationId, domains, isShown }: DomainEffectProps) {
  const t = useTranslations("delegation");
  const asked = isShown ? domains.join(" ") : undefined;
  const [preview, setPreview] = useState<{ of: string; counts: DomainsPreview }>();
  const count = useEffectEvent(async (of: string) => {
    const result = await reachAction(() => previewDomainsAction({ applicationId, domains: [...domains] }));
    if (result.ok) setPreview({ of, counts: result.data });
  });
  useEffect(() => {
    if (asked === undefined) return;
    const timer = setTimeout(() => void count(asked), QUIET_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  // An answer to what is no longer asked says nothing.
  const counts = preview !== undefined && preview.of === asked ? preview.counts : undefined;
  const say = (direction: "adds" | "removes", { count: number, hasMore }: Counted) =>
    t(`effect.${hasMore ? (`${direction}More` as const) : direction}`, { count: number });
  return (
    <p role="status" className="min-h-5 text-sm">
      {counts !== undefined && `${say("adds", counts.added)} ${say("removes", counts.removed)}`}
    </p>
  );
}
