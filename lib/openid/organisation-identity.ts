import "server-only";

/** Who an identity provider says somebody is, and what that means here. The pair of issuer and subject is the identity. */
export type OrganisationIdentity = {
  issuer: string;
  subject: string;
  email: string | undefined;
  isEmailVerified: boolean;
  name: string | undefined;
  /** The values of the claim that decides about the role. */
  roleValues: readonly string[];
  /** When they last proved to the provider who they are; `undefined` when it does not say. */
  authenticatedAt: Date | undefined;
};
