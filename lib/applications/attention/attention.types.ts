import type { Counted } from "@/lib/list/counted";

/** The first few of what needs a look, and how many there are in all. */
export type Findings<Row> = Counted & { rows: Row[] };

export type EndingSecret = {
  applicationId: string;
  name: string;
  /** Last four characters. */
  hint: string;
  label: string | null;
  endsAt: Date;
  /** Whether the application has another secret or key that goes on. If not, it stops working then. */
  hasSuccessor: boolean;
};

export type UnrestrictedApplication = { id: string; name: string };
export type UnusedApplication = { id: string; name: string; lastUsedAt: Date | null; createdAt: Date };

export type Attention = {
  /** All applications, active or not. */
  applications: Counted;
  endingSecrets: Findings<EndingSecret>;
  unrestricted: Findings<UnrestrictedApplication>;
  unused: Findings<UnusedApplication>;
};
