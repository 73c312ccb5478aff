/** Over which the tab that comes back from the provider tells the one that opened it. */
export const IDENTITY_CHANNEL = "vestibule.identity";

/** `problem`: a key of the `errors` messages; without one somebody has proved who they are. */
export type IdentityAnswer = { problem?: string };
