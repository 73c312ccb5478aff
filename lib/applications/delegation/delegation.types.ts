import type { Counted } from "@/lib/list/counted";

/** A domain, and how many of the people who are known it reaches now. */
export type DomainReach = { domain: string; people: Counted };

/** Whom another list of domains would bring into reach and out of it. */
export type DomainsPreview = { added: Counted; removed: Counted };

/** One entry of an allow or deny list. */
export type PersonRule = {
  id: string;
  email: string;
  /** Null for somebody nobody has acted for yet. */
  personId: string | null;
  createdAt: Date;
  createdByName: string | null;
};

export type Delegation = {
  domains: DomainReach[];
  allowed: PersonRule[];
  denied: PersonRule[];
};

/** An application that may act for anyone: neither domains nor an allow list. */
export type UnrestrictedApplication = {
  id: string;
  name: string;
  isActive: boolean;
  createdAt: Date;
  createdByName: string | null;
  lastUsedAt: Date | null;
  /** People who are known and for whom it may act now. */
  people: Counted;
};
