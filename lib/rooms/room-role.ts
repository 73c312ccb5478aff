import "server-only";

import { AppError } from "@/lib/errors/app-error";
import type { RoomRole } from "./representation/room-field.schema";

export type RoomOperation = "read" | "update" | "delete";

const ROLES_FOR: Record<RoomOperation, readonly RoomRole[]> = {
  read: ["owner", "administrator", "member"],
  update: ["owner", "administrator"],
  delete: ["owner"],
};

/** Whether somebody with `role` in a room may do this with it. */
export function mayInRoom(role: RoomRole, operation: RoomOperation): boolean {
  return ROLES_FOR[operation].includes(role);
}

/** Throws AppError `room_role_insufficient`: whoever has a role may know that the room exists, so this is no 404. */
export function requireRoomRole(role: RoomRole, operation: RoomOperation): void {
  if (!mayInRoom(role, operation)) throw new AppError("forbidden", "room_role_insufficient");
}

/** Whether somebody with `role` may give, change or take away `touched`. What owners have, only owners touch. */
export function requireRightOverRoles(role: RoomRole, touched: readonly RoomRole[]): void {
  requireRoomRole(role, "update");
  if (role !== "owner" && touched.includes("owner")) throw new AppError("forbidden", "room_role_insufficient");
}
