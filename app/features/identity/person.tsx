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
  mayDeactivate: boolean;
  mayReactivate: boolean;
  otherRoles: readonly { value: string; label: string }[];
  refused: Refused | null;
}

/** What a superior may do: another role, a link for a new password, the end of a role, the account on and off. */
export function ManagePerson(props: ManagePersonProps) {
  const { mayEnd, mayReset, mayDeactivate, mayReactivate, otherRoles, refused } = props;
  const { t } = useTranslation(["users"]);
  if (!mayEnd && !mayReset && !mayReactivate) return null;
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
          <WithReason
            intent="end"
            title={t("person.endTitle")}
            hint={t("person.endHint")}
            submit={t("person.endSubmit")}
            refused={refused}
          />
        )}
        {mayDeactivate && (
          <WithReason
            intent="deactivate"
            title={t("person.deactivateTitle")}
            hint={t("person.deactivateHint")}
            submit={t("person.deactivateSubmit")}
            refused={refused}
          />
        )}
        {mayReactivate && (
          <WithReason
            intent="reactivate"
            title={t("person.reactivateTitle")}
            hint={t("person.reactivateHint")}
            submit={t("person.reactivateSubmit")}
            refused={refused}
            tone="plain"
          />
        )}
      </div>
    </Card>
  );
}

interface WithReasonProps {
  intent: "end" | "deactivate" | "reactivate";
  title: string;
  hint: string;
  submit: string;
  refused: Refused | null;
  tone?: "danger" | "plain";
}

/** A step that is kept in the log with its reason. */
function WithReason({ intent, title, hint, submit, refused, tone = "danger" }: WithReasonProps) {
  const { t } = useTranslation(["users"]);
  const reason = fieldOf(refused?.intent === intent ? refused : null, "reason");
  return (
    <Form method="post" className="grid gap-2 border-t border-line pt-4">
      <h3 className="m-0 text-base">{title}</h3>
      <p className="m-0 text-sm text-ink-3">{hint}</p>
      <Field label={t("person.reason")} hint={t("person.reasonHint")} error={reason.error}>
        {(control) => (
          <TextInput {...control} name="reason" maxLength={200} defaultValue={reason.defaultValue} />
        )}
      </Field>
      <div>
        <SubmitButton intent={intent} tone={tone}>
          {submit}
        </SubmitButton>
      </div>
    </Form>
  );
}
