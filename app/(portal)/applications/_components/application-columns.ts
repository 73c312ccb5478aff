/** In the order of the table. The skeleton shows the same. */
export const APPLICATION_COLUMNS = ["name", "clientId", "scopes", "status", "created", "lastUsed"] as const;

export type ApplicationColumn = (typeof APPLICATION_COLUMNS)[number];

/** The name stays: it says which row this is, and leads to it. */
export const HIDEABLE_COLUMNS = APPLICATION_COLUMNS.filter((column) => column !== "name");
