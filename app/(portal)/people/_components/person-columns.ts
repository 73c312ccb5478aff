/** In the order of the table. The skeleton shows the same. Those that sort are called as in the address. */
export const PERSON_COLUMNS = ["email", "name", "state", "rooms", "created"] as const;

export type PersonColumn = (typeof PERSON_COLUMNS)[number];
