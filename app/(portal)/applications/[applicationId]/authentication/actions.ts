"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { addApplicationKey } from "@/lib/applications/authentication/add-application-key";
import {
  addApplicationKeySchema,
  revokeApplicationKeySchema,
  setClientAuthenticationSchema,
} from "@/lib/applications/authentication/client-authentication.schema";
import { revokeApplicationKey } from "@/lib/applications/authentication/revoke-application-key";
import { setClientAuthentication } from "@/lib/applications/authentication/set-client-authentication";
import { widensClientAuthentication } from "@/lib/applications/authentication/widens-client-authentication";

export const setClientAuthenticationAction = staffAction({
  permission: "applications:write",
  schema: setClientAuthenticationSchema,
  requiresFreshSignIn: widensClientAuthentication,
  run: (input, ctx) => setClientAuthentication(ctx, input),
});

export const addApplicationKeyAction = staffAction({
  permission: "applications:write",
  schema: addApplicationKeySchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => addApplicationKey(ctx, input),
});

export const revokeApplicationKeyAction = staffAction({
  permission: "applications:write",
  schema: revokeApplicationKeySchema,
  run: (input, ctx) => revokeApplicationKey(ctx, input),
});
