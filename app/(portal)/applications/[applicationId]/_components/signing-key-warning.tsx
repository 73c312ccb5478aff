import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { ClientAuthentication } from "@/lib/applications/authentication/client-authentication.types";

/** Says that an application which may only sign has nothing to sign with. */
export function SigningKeyWarning({ authentication }: { authentication: ClientAuthentication }) {
  const t = useTranslations("authentication");
  const { methods, jwksUri, keys } = authentication;
  const canOnlySign = methods.every((method) => method === "private_key_jwt");
  if (!canOnlySign || jwksUri !== null || keys.some(({ revokedAt }) => revokedAt === null)) return null;
  return <Notice tone="warning">{t("noKeysWarning")}</Notice>;
}
