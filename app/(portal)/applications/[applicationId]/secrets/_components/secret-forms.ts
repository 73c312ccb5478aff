/** The forms behind the buttons of a secret, loaded together when the first one is pressed. */
export { MarkCompromisedForm } from "./mark-compromised-form";
export { RevokeSecretForm } from "./revoke-secret-form";
