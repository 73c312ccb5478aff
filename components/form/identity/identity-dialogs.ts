// Loaded when an action asks for a fresh proof: few visits of a page need these.
export { FreshSignInDialog } from "./fresh-sign-in-dialog";
export { OrganisationProofDialog } from "./organisation-proof-dialog";
