import type { IssuedCredentials } from "@/lib/applications/application.types";

/**
 * Saves credentials as a file of environment variables. The address they have meanwhile ends with the download's start.
 */
export function downloadCredentials({ clientId, clientSecret }: IssuedCredentials): void {
  const lines = [`VESTIBULE_CLIENT_ID=${clientId}`, `VESTIBULE_CLIENT_SECRET=${clientSecret}`, ""];
  const url = URL.createObjectURL(new Blob([lines.join("\n")], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "vestibule.env";
  link.click();
  URL.revokeObjectURL(url);
}
