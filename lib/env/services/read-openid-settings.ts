import "server-only";

import { z } from "zod";
import { STAFF_ROLES, type StaffRole } from "@/lib/permissions";
import { ONE_LINE } from "@/lib/text";
import type { EnvironmentProblem } from "../environment-error";
import type { Variables } from "../read-variables";
import { text, ValueError, type ValueParser, webUrl } from "../value-parsers";

/** The provider with which staff sign in, and which of its words stand for which role. */
export type OpenIdSettings = {
  /** Exactly as the provider spells it, trailing slash included: it is compared, and stored with every account. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button calls the provider; unset: "your organisation". */
  buttonLabel: string | undefined;
  roleClaim: string;
  roleMap: Readonly<Record<string, StaffRole>>;
};

const REQUIRED = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLE_CLAIM", "OIDC_ROLE_MAP"] as const;

type Optional = <Value>(
  name: (typeof REQUIRED)[number] | "OIDC_BUTTON_LABEL",
  parse: ValueParser<Value>,
) => Value | undefined;

/**
 * Reads the provider, `undefined` when none is configured. Half a provider is none: what is missing is added to
 * `problems`, as somebody who set one variable meant to set them all.
 */
export function readOpenIdSettings(
  variables: Variables,
  problems: EnvironmentProblem[],
  optional: Optional,
): OpenIdSettings | undefined {
  const buttonLabel = optional(
    "OIDC_BUTTON_LABEL",
    text("must be one line of at most 60 characters", { max: 60, pattern: ONE_LINE }),
  );
  const issuer = optional("OIDC_ISSUER", issuerUrl);
  const clientId = optional("OIDC_CLIENT_ID", text("must be one line", { pattern: ONE_LINE }));
  const clientSecret = optional("OIDC_CLIENT_SECRET", text("must be one line", { pattern: ONE_LINE }));
  const roleClaim = optional("OIDC_ROLE_CLAIM", text("must be the name of a claim", { max: 200, pattern: ONE_LINE }));
  const roles = optional("OIDC_ROLE_MAP", roleMap);

  const isMeant = [...REQUIRED, "OIDC_BUTTON_LABEL" as const].some((name) => variables[name] !== undefined);
  if (!isMeant) return undefined;
  const known = new Set(problems.map(({ name }) => name.replace(/_FILE$/, "")));
  for (const name of REQUIRED) {
    if (variables[name] !== undefined || known.has(name)) continue;
    problems.push({ name, reason: "is required as soon as another variable that begins with OIDC_ is set" });
  }
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  if (roleClaim === undefined || roles === undefined) return undefined;
  return { issuer, clientId, clientSecret, buttonLabel, roleClaim, roleMap: roles };
}

const issuerUrl: ValueParser<string> = (value) => {
  webUrl(value);
  return value;
};

/**
 * A JSON object, because the values of claims hold commas and equals signs wherever a directory is behind the provider.
 */
const roleMap: ValueParser<Record<string, StaffRole>> = (value) => {
  const expected = `must be a JSON object from values of the claim to roles (${STAFF_ROLES.join(", ")}), with at least one entry`;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw new ValueError(expected);
  }
  const result = z.record(z.string().min(1), z.enum(STAFF_ROLES)).safeParse(parsed);
  if (!result.success || Object.keys(result.data).length === 0) throw new ValueError(expected);
  return result.data;
};
