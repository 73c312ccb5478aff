import type { AccessLevel } from "@/lib/rooms/representation/room.schema";

export const ROOM_STATES = ["open", "expired", "deleted"] as const;
export type RoomState = (typeof ROOM_STATES)[number];

/** A room as the list of staff shows it: whose it is and where it came from, never how to get in by telephone. */
export type RoomSummary = {
  id: string;
  slug: string;
  name: string;
  accessLevel: AccessLevel;
  state: RoomState;
  externalId: string | null;
  /** Empty once the application is deleted. */
  application: { id: string; name: string } | null;
  /** Its first owners, and how many there are. */
  owners: { id: string; email: string }[];
  ownerCount: number;
  createdAt: Date;
};

type RoomPerson = {
  personId: string;
  email: string;
  displayName: string | null;
  role: "owner" | "administrator" | "member";
};

export type RoomDetail = Omit<RoomSummary, "owners" | "ownerCount"> & {
  /** Where the meeting opens. */
  url: string;
  /** Whether there is a PIN. It is personal data and asked for by itself (`revealRoomPin`). */
  hasPin: boolean;
  /** Empty means what the meeting service does by itself. */
  canPublishSources: string[] | null;
  everyoneCanMute: boolean | null;
  expiresAt: Date | null;
  updatedAt: Date;
  deletedAt: Date | null;
  /** Until when it can be restored; afterwards it is removed for good. */
  restorableUntil: Date | null;
  people: RoomPerson[];
  /** Addresses of people who were invited, whether or not they are known here. */
  attendees: string[];
};
