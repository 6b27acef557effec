import { type Entry, entriesOf, type SectionContent, type SectionName } from "@muster/domain/person-sections";
import { useTranslation } from "react-i18next";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select, Textarea, TextInput } from "~/ui/input";

/** Ids and names of a section's fields, for the list of errors above them. */
export function useEntryLabels(section: SectionName): Record<string, { label: string; id: string }> {
  const { t } = useTranslation(["people"]);
  return Object.fromEntries(
    entriesOf(section).map(([name]) => [name, { label: t(`field.${name as "name"}`), id: `entry-${name}` }]),
  );
}

/** The fields of a section, made from what the section says of its entries. */
export function EntryFields({
  section,
  content,
  refused,
}: {
  section: SectionName;
  content: SectionContent;
  refused: Refused | null;
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {entriesOf(section).map(([name, entry]) => (
        <EntryField key={name} name={name} entry={entry} current={content[name]} refused={refused} />
      ))}
    </div>
  );
}

function EntryField({
  name,
  entry,
  current,
  refused,
}: {
  name: string;
  entry: Entry;
  current: string | undefined;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["people"]);
  const { defaultValue, error } = fieldOf(refused, name, current);
  const label = t(`field.${name as "name"}`);
  if (entry.kind === "yesNo") {
    return (
      <div id={`entry-${name}`}>
        <RadioGroup
          name={name}
          legend={label}
          defaultValue={defaultValue}
          error={error}
          options={(["yes", "no"] as const).map((value) => ({ value, label: t(`option.yesNo.${value}`) }))}
        />
      </div>
    );
  }
  return (
    <Field id={`entry-${name}`} label={label} error={error}>
      {(control) => {
        const common = { ...control, name, defaultValue };
        if (entry.kind === "choice") {
          return (
            <Select
              {...common}
              placeholder={t("edit.choose")}
              options={entry.options.map((value) => ({
                value,
                label: t(`option.${name as "care"}.${value as "none"}`),
              }))}
            />
          );
        }
        if (entry.kind === "date") return <DateInput {...common} />;
        if (entry.kind === "text" && entry.most > 60)
          return <Textarea {...common} maxLength={entry.most} rows={2} />;
        return (
          <TextInput
            {...common}
            autoComplete="off"
            inputMode={entry.kind === "phone" ? "tel" : entry.kind === "digits" ? "numeric" : undefined}
            maxLength={entry.kind === "text" ? entry.most : 30}
          />
        );
      }}
    </Field>
  );
}

/** What an entry says, in words. */
export function useEntryText(): (name: string, entry: Entry, value: string | undefined) => string {
  const { t } = useTranslation(["people"]);
  return (name, entry, value) => {
    if (!value) return t("none");
    if (entry.kind === "yesNo") return t(`option.yesNo.${value as "yes"}`);
    return entry.kind === "choice" ? t(`option.${name as "care"}.${value as "none"}`) : value;
  };
}
