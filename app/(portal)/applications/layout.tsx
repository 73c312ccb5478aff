import type { ReactNode } from "react";
import { toApiAddresses } from "@/lib/applications/api-addresses";
import { config } from "@/lib/env/config";
import { SecretRevealProvider } from "./_components/secret-reveal-provider";

/** Outlives the pages below it: a secret being shown survives the list, the form and the page of an application. */
export default function ApplicationsLayout({ children }: { children: ReactNode }) {
  return <SecretRevealProvider addresses={toApiAddresses(config())}>{children}</SecretRevealProvider>;
}
