import "server-only";

import { config } from "@/lib/env/config";
import type { AccessLevel } from "./room.schema";

/** The columns of a room that the external API shows. */
export const ROOM_COLUMNS = {
  id: true,
  name: true,
  slug: true,
  accessLevel: true,
  configuration: true,
  pinCode: true,
} as const;

export type RoomRow = {
  id: string;
  name: string;
  slug: string;
  accessLevel: AccessLevel;
  configuration: unknown;
  pinCode: string | null;
};

/** A room as the external API answers it: these keys and no others, because clients compare whole bodies. */
export type RoomRepresentation = {
  id: string;
  name: string;
  slug: string;
  access_level: AccessLevel;
  configuration: unknown;
  /** Where the meeting opens: in the meeting front end, or on our landing page when there is none. */
  url: string;
  /** Absent when telephony is off. */
  telephony?: {
    enabled: true;
    phone_number: string | null;
    pin_code: string | null;
    default_country: string | null;
  };
};

export function representRoom(room: RoomRow): RoomRepresentation {
  const { telephony } = config();
  return {
    id: room.id,
    name: room.name,
    slug: room.slug,
    access_level: room.accessLevel,
    configuration: room.configuration,
    url: roomUrl(room.slug),
    ...(telephony.enabled
      ? {
          telephony: {
            enabled: true,
            phone_number: telephony.phoneNumber ?? null,
            pin_code: room.pinCode,
            default_country: telephony.defaultCountry ?? null,
          },
        }
      : {}),
  };
}

function roomUrl(slug: string): string {
  const { roomBaseUrl, publicUrl } = config();
  return roomBaseUrl === undefined ? `${publicUrl}/r/${slug}` : `${roomBaseUrl}/${slug}`;
}
