import type { StaffDetails } from "@muster/db/queries/staff/row";
import { EDUCATIONS, EMPLOYMENTS } from "@muster/domain/staff";
import { useTranslation } from "react-i18next";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";

interface Props {
  refused: Refused | null;
  today: string;
  current?: StaffDetails;
  /** The day the fields start with. */
  day: string;
  dayLabel: string;
  dayHint?: string;
  /** Told apart from another form of the page. */
  prefix: string;
}

const MARKS = ["head", "secretary", "veteran"] as const;

/** Everything that is entered of a member of the staff, with the errors above. */
export function StaffFields({ refused, today, current, day, dayLabel, dayHint, prefix }: Props) {
  const { t } = useTranslation(["staff"]);
  const id = (name: string) => `${prefix}-${name}`;
  const texts = ["name", "post", "phone"] as const;
  const education = fieldOf(refused, "education", current?.education ?? "unknown");
  const employment = fieldOf(refused, "employment", current?.employment ?? "full_time");
  const validFrom = fieldOf(refused, "validFrom", day);
  return (
    <>
      <FormErrors
        refused={refused}
        fields={Object.fromEntries(
          [...texts, "education", "validFrom", "employment", "head"].map((name) => [
            name,
            {
              label: name === "validFrom" ? dayLabel : t(`field.${name as "name"}`),
              id: id(name),
            },
          ]),
        )}
      />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {texts.map((name) => {
          const { defaultValue, error } = fieldOf(refused, name, current?.[name]);
          return (
            <Field
              key={name}
              id={id(name)}
              label={t(`field.${name}`)}
              hint={name === "phone" ? t("field.phoneHint") : undefined}
              error={error}
              required={name !== "phone"}
            >
              {(control) => (
                <TextInput
                  {...control}
                  name={name}
                  maxLength={name === "name" ? 30 : 40}
                  inputMode={name === "phone" ? "tel" : undefined}
                  autoComplete="off"
                  defaultValue={defaultValue}
                />
              )}
            </Field>
          );
        })}
        <Field id={id("education")} label={t("field.education")} error={education.error}>
          {(control) => (
            <Select
              {...control}
              name="education"
              defaultValue={education.defaultValue}
              options={EDUCATIONS.map((value) => ({ value, label: t(`education.${value}`) }))}
            />
          )}
        </Field>
        <Field id={id("validFrom")} label={dayLabel} hint={dayHint} error={validFrom.error} required>
          {(control) => (
            <DateInput {...control} name="validFrom" max={today} defaultValue={validFrom.defaultValue} />
          )}
        </Field>
      </div>
      <div id={id("employment")}>
        <RadioGroup
          name="employment"
          legend={t("field.employment")}
          defaultValue={employment.defaultValue}
          error={employment.error}
          options={EMPLOYMENTS.map((value) => ({ value, label: t(`employment.${value}`) }))}
        />
      </div>
      <div className="flex flex-wrap gap-x-6" id={id("head")}>
        {MARKS.map((name) => (
          <Checkbox
            key={name}
            name={name}
            value="on"
            label={t(`field.${name}`)}
            defaultChecked={checkedOf(refused, name, "on", current?.[name])}
          />
        ))}
      </div>
      {fieldOf(refused, "head").error && (
        <p className="m-0 text-sm font-semibold text-bad">{fieldOf(refused, "head").error?.join(" ")}</p>
      )}
    </>
  );
}
