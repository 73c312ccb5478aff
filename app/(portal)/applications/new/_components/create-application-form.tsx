"use client";

import { useTranslations } from "next-intl";
import { afterLoading } from "@/components/form/after-loading";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";
import { ApplicationForm } from "../../_components/application-form";
import { DomainsField } from "../../_components/domains-field";
import { HandOverHint, PickUpLinkButton } from "../../_components/pick-up-link-button";
import { useHandOver } from "../../_components/use-hand-over";
import { useSecretReveal } from "../../_components/use-secret-reveal";
import { createApplicationAction, createApplicationWithPickUpLinkAction } from "../../actions";

/** Nothing is granted and nothing is chosen until somebody does. */
const EMPTY = { name: "", description: "", ownerContact: "", scopes: [], domains: [] };

/** Makes an application and hands its credentials, or the link with which they are picked up, to the dialog that shows them. */
export function CreateApplicationForm() {
  const t = useTranslations("applicationForm");
  const { prepareReveal, reveal } = useSecretReveal();
  const handOver = useHandOver();
  return (
    <ApplicationForm
      action={(values) =>
        afterLoading<IssuedSecret>(prepareReveal, () =>
          (handOver.isByLink() ? createApplicationWithPickUpLinkAction : createApplicationAction)(values),
        )
      }
      said={null}
      onSuccess={(issued) => reveal(issued)}
      defaultValues={EMPTY}
      submitLabel={t("create")}
      cancelHref={routes.applications.list()}
      delegation={(fields) => <DomainsField {...fields} />}
      otherWay={(state) => <PickUpLinkButton state={state} handOver={handOver} />}
      hint={<HandOverHint of="application" />}
    />
  );
}
