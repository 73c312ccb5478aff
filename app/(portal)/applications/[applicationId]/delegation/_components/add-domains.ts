import { splitEntries } from "@/components/form/list-entries";
import { DOMAINS_MAX, domainSchema } from "@/lib/applications/application.schema";

/** What is wrong with an entry; `domain_listed` where it is on the list already. */
export type DomainProblem = { entry: string; reason: string };

type AddedDomains = { domains: string[]; added: string[]; problems: DomainProblem[] };

/**
 * Adds what was typed or pasted to a list, each in the spelling in which it is compared. What is wrong, or on the list
 * already, is told and left out.
 */
export function addDomains(listed: readonly string[], text: string): AddedDomains {
  const domains = [...listed];
  const problems: DomainProblem[] = [];
  for (const entry of splitEntries(text)) {
    const parsed = domainSchema.safeParse(entry);
    const reason = !parsed.success
      ? (parsed.error.issues[0]?.message ?? "domain_invalid")
      : domains.includes(parsed.data)
        ? "domain_listed"
        : domains.length >= DOMAINS_MAX
          ? "domains_too_many"
          : undefined;
    if (reason !== undefined) problems.push({ entry, reason });
    else if (parsed.success) domains.push(parsed.data);
  }
  return { domains, added: domains.slice(listed.length), problems };
}

/** Whether two lists hold the same, in whatever order. */
export function holdSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((domain) => other.includes(domain));
}
