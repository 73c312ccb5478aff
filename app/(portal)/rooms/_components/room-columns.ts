/** In the order of the table. The skeleton shows the same. */
export const ROOM_COLUMNS = ["name", "owners", "application", "access", "state", "created"] as const;

export type RoomColumn = (typeof ROOM_COLUMNS)[number];

/** The name stays: it says which row this is, and leads to it. */
export const HIDEABLE_COLUMNS = ROOM_COLUMNS.filter((column) => column !== "name");
