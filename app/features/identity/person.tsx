import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { Tag } from "~/ui/tag";

export interface RoleLine {
  id: string;
  /** The one this page is about. */
  current: boolean;
  station: string;
  role: string;
  since: string;
  ended: string | null;
}

/** Where a person serves and served, within the reader's scope. */
export function RolesOfPerson({ roles }: { roles: readonly RoleLine[] }) {
  const { t } = useTranslation(["users"]);
  return (
    <Card title={t("person.roles")} flush>
      <ul className="m-0 list-none p-0">
        {roles.map(({ id, current, station, role, since, ended }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 border-t border-line px-4 py-2.5">
            <div className="min-w-0 flex-1 basis-48">
              {current ? <b>{station}</b> : <Link to={`/users/${id}`}>{station}</Link>}{" "}
              <span className="text-ink-2">{role}</span>
              <div className="text-sm text-ink-3">
                {since}
                {ended && ` – ${ended}`}
              </div>
            </div>
            <Tag tone={ended ? "mute" : "good"}>{t(ended ? "person.ended" : "person.active")}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export interface ManagePersonProps {
  mayEnd: boolean;
  mayReset: boolean;
  otherRoles: readonly { value: string; label: string }[];
  refused: Refused | null;
}

/** What a superior may do: another role, a link for a new password, the end. */
export function ManagePerson({ mayEnd, mayReset, otherRoles, refused }: ManagePersonProps) {
  const { t } = useTranslation(["users"]);
  if (!mayEnd && !mayReset) return null;
  return (
    <Card title={t("person.manage")}>
      <FormErrors refused={refused} />
      <div className="grid gap-5">
        {mayEnd && otherRoles.length > 0 && (
          <Form method="post" className="grid gap-2">
            <Field
              label={t("person.roleTitle")}
              hint={t("person.roleHint")}
              error={fieldOf(refused, "role").error}
            >
              {(control) => <Select {...control} name="role" options={otherRoles} />}
            </Field>
            <div>
              <SubmitButton intent="role" tone="plain">
                {t("person.roleSubmit")}
              </SubmitButton>
            </div>
          </Form>
        )}
        {mayReset && (
          <Form method="post" className="grid gap-2 border-t border-line pt-4">
            <h3 className="m-0 text-base">{t("person.resetTitle")}</h3>
            <p className="m-0 text-sm text-ink-3">{t("person.resetHint")}</p>
            <div>
              <SubmitButton intent="reset" tone="plain">
                {t("person.resetSubmit")}
              </SubmitButton>
            </div>
          </Form>
        )}
        {mayEnd && (
          <Form method="post" className="grid gap-2 border-t border-line pt-4">
            <h3 className="m-0 text-base">{t("person.endTitle")}</h3>
            <p className="m-0 text-sm text-ink-3">{t("person.endHint")}</p>
            <Field
              label={t("person.reason")}
              hint={t("person.reasonHint")}
              error={fieldOf(refused, "reason").error}
            >
              {(control) => (
                <TextInput
                  {...control}
                  name="reason"
                  maxLength={200}
                  defaultValue={fieldOf(refused, "reason").defaultValue}
                />
              )}
            </Field>
            <div>
              <SubmitButton intent="end" tone="danger">
                {t("person.endSubmit")}
              </SubmitButton>
            </div>
          </Form>
        )}
      </div>
    </Card>
  );
}
