import Link from "next/link";
import { useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import type { ClientAuthentication } from "@/lib/applications/authentication/client-authentication.types";
import { routes } from "@/lib/routes";
import { SigningKeyWarning } from "../signing-key-warning";

type AuthenticationCardProps = { applicationId: string; authentication: ClientAuthentication; canWrite: boolean };

/** How the application proves who it is, in short, and the way to the page that says all of it. */
export function AuthenticationCard({ applicationId, authentication, canWrite }: AuthenticationCardProps) {
  const t = useTranslations("authentication");
  const tGrants = useTranslations("grantTypes");
  const tMethods = useTranslations("authenticationMethods");
  const { grantTypes, methods, tokenTtlSeconds, jwksUri, keys } = authentication;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("title")}</CardHeading>
      <SigningKeyWarning authentication={authentication} />
      <dl className="space-y-4">
        <Definition term={t("grantTypes")}>
          <TextList texts={grantTypes.map((grant) => tGrants(grant))} />
        </Definition>
        <Definition term={t("methods")}>
          <TextList texts={methods.map((method) => tMethods(method))} />
        </Definition>
        <Definition term={t("tokenTtl")}>
          {tokenTtlSeconds === null ? t("tokenTtlDefault") : t("tokenTtlValue", { seconds: tokenTtlSeconds })}
        </Definition>
        {jwksUri !== null && (
          <Definition term={t("jwksUri")}>
            <code className="font-mono text-sm wrap-anywhere">{jwksUri}</code>
          </Definition>
        )}
        <Definition term={t("keys")}>
          {t("keysCount", { count: keys.filter(({ revokedAt }) => revokedAt === null).length })}
        </Definition>
      </dl>
      <Link href={routes.applications.authentication(applicationId)} className={buttonStyles()}>
        {canWrite ? t("change") : t("view")}
      </Link>
    </Card>
  );
}

function TextList({ texts }: { texts: string[] }) {
  return (
    <ul className="space-y-1">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
