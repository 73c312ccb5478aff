"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { addApplicationKey } from "@/lib/applications/authentication/add-application-key";
import {
  addApplicationKeySchema,
  endApplicationKeySchema,
  setClientAuthenticationSchema,
} from "@/lib/applications/authentication/client-authentication.schema";
import { endApplicationKey } from "@/lib/applications/authentication/end-application-key";
import { setClientAuthentication } from "@/lib/applications/authentication/set-client-authentication";

export const setClientAuthenticationAction = staffAction({
  permission: "applications:write",
  schema: setClientAuthenticationSchema,
  run: (input, { actor }) => setClientAuthentication(input, actor),
});

export const addApplicationKeyAction = staffAction({
  permission: "applications:write",
  schema: addApplicationKeySchema,
  run: (input, { actor }) => addApplicationKey(input, actor),
});

export const endApplicationKeyAction = staffAction({
  permission: "applications:write",
  schema: endApplicationKeySchema,
  run: (input, { actor }) => endApplicationKey(input, actor),
});
