import { useTranslations } from "next-intl";
import { DelegationPicture } from "./delegation-picture";

/** How an application comes to act for a person, in a picture and in as many steps. */
export function DelegationSection() {
  const t = useTranslations("delegationGuide");
  const steps = [t("step1"), t("step2"), t("step3"), t("step4")];
  return (
    <section aria-labelledby="delegation" className="space-y-5">
      <div className="max-w-prose space-y-1">
        <h2 id="delegation" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="text-ink-muted">{t("text")}</p>
      </div>
      <DelegationPicture />
      <ol className="max-w-prose list-decimal space-y-2 pl-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
