/** In the order of the table. The skeleton shows the same. */
export const APPLICATION_COLUMNS = [
  "name",
  "status",
  "reach",
  "scopes",
  "calls",
  "secret",
  "lastUsed",
  "created",
  "clientId",
] as const;

export type ApplicationColumn = (typeof APPLICATION_COLUMNS)[number];

/** The name stays: it says which row this is, and leads to it. */
export const HIDEABLE_COLUMNS = APPLICATION_COLUMNS.filter((column) => column !== "name");

/** Not needed to tell applications apart or to see how they are: shown to who asks for them. */
export const HIDDEN_AT_FIRST: readonly ApplicationColumn[] = ["created", "clientId"];

/** The days of which the list shows the calls. */
export const CALLS_DAYS = 7;
