import type { ApiAddresses, IssuedCredentials } from "@/lib/applications/application.types";

/** Everything that an application needs for its first call, as environment variables. */
export function toEnvFile({ clientId, clientSecret }: IssuedCredentials, { tokenUrl, roomsUrl }: ApiAddresses): string {
  return [
    `VESTIBULE_CLIENT_ID=${clientId}`,
    `VESTIBULE_CLIENT_SECRET=${clientSecret}`,
    `VESTIBULE_TOKEN_URL=${tokenUrl}`,
    `VESTIBULE_ROOMS_URL=${roomsUrl}`,
    "",
  ].join("\n");
}

/** Saves a text as `vestibule.env`. The address it has meanwhile ends with the download's start. */
export function downloadEnvFile(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "vestibule.env";
  link.click();
  URL.revokeObjectURL(url);
}
