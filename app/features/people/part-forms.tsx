import type { SectionContent, SectionName } from "@muster/domain/person-sections";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { FormErrors, type Refused } from "~/ui/form";
import { EntryFields, useEntryLabels } from "./entry-fields";
import { IdentityFields, useIdentityLabels } from "./identity-fields";

/** The button of a form of the archive, and the way back. */
export function Buttons({ intent, label, back }: { intent: string; label: string; back: string }) {
  const { t } = useTranslation(["common"]);
  return (
    <div className="flex flex-wrap gap-2">
      <SubmitButton intent={intent}>{label}</SubmitButton>
      <LinkButton to={back}>{t("common:cancel")}</LinkButton>
    </div>
  );
}

/** Who somebody is, to be put right. */
export function Basics({
  refused,
  person,
  version,
  today,
}: {
  refused: Refused | null;
  person: { id: string; name: string; idNumber: string; phone: string; sex: string; bornOn: string };
  version: number;
  today: string;
}) {
  const { t } = useTranslation(["common"]);
  const labels = useIdentityLabels();
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <input type="hidden" name="version" value={version} />
      <div className="grid gap-4 sm:grid-cols-2">
        <IdentityFields refused={refused} today={today} current={person} />
      </div>
      <Buttons intent="basics" label={t("common:save")} back={`/people/${person.id}`} />
    </Form>
  );
}

/** A section of the archive, to be filled in. */
export function Section({
  section,
  content,
  version,
  refused,
  back,
}: {
  section: SectionName;
  content: SectionContent;
  version: number;
  refused: Refused | null;
  back: string;
}) {
  const { t } = useTranslation(["common"]);
  const labels = useEntryLabels(section);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <input type="hidden" name="version" value={version} />
      <EntryFields section={section} content={content} refused={refused} />
      <Buttons intent="section" label={t("common:save")} back={back} />
    </Form>
  );
}
