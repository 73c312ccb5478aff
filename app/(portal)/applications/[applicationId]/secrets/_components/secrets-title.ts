/** The heading of the page: it stays, whatever becomes of the rows below it. */
export const SECRETS_TITLE_ID = "secrets-title";
