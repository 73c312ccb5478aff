/** In the order of the table. The skeleton shows the same. */
export const STAFF_COLUMNS = ["name", "role", "status", "secondFactor", "lastSignedIn"] as const;

export type StaffColumn = (typeof STAFF_COLUMNS)[number];
