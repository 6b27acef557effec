import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { PasswordInput } from "./password-input";

export interface InvitationFormsProps {
  inviter: string;
  city: string;
  station: string;
  role: string;
  /** The name the inviter gave. */
  name: string;
  expires: string;
  /** Username whose password the link resets. */
  resets: string | null;
  signedInAs: { name: string; username: string } | null;
  /** Of this page, to come back to after signing in. */
  path: string;
  refused: Refused | null;
}

/** What a one-time link opens: a new password, a role for the account one has, or a new account. */
export function InvitationForms(props: InvitationFormsProps) {
  const { t } = useTranslation(["login"]);
  const { inviter, city, station, role, resets, expires, refused, signedInAs } = props;
  return (
    <Card className="p-2">
      <h1 className="m-0 mb-2 mt-2 text-xl">{t(resets ? "invite.resetTitle" : "invite.title")}</h1>
      <p className="m-0 text-md">
        {resets
          ? t("invite.resetLead", { inviter, username: resets })
          : t("invite.lead", { inviter, city, station, role })}
      </p>
      <p className="m-0 mb-4 text-sm text-ink-3">{t("invite.expires", { when: expires })}</p>
      <FormErrors refused={refused} />
      {resets ? (
        <ResetForm username={resets} refused={refused} />
      ) : signedInAs ? (
        <JoinForm {...signedInAs} path={props.path} />
      ) : (
        <NewAccountForm {...props} />
      )}
    </Card>
  );
}

function Passwords({ refused, label }: { refused: Refused | null; label: string }) {
  const { t } = useTranslation(["login"]);
  return (
    <>
      <Field label={label} hint={t("password.rule")} error={fieldOf(refused, "password").error} id="password">
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <Field label={t("invite.again")} error={fieldOf(refused, "again").error} id="again">
        {(control) => <PasswordInput {...control} name="again" autoComplete="new-password" />}
      </Field>
    </>
  );
}

function ResetForm({ username, refused }: { username: string; refused: Refused | null }) {
  const { t } = useTranslation(["login"]);
  return (
    <Form method="post" className="mt-3 grid gap-4" noValidate>
      {/* Password managers file the new password under the name. */}
      <input type="text" readOnly hidden autoComplete="username" value={username} />
      <Passwords refused={refused} label={t("invite.password")} />
      <SubmitButton intent="reset" size="large" wide>
        {t("invite.reset")}
      </SubmitButton>
    </Form>
  );
}

function JoinForm({ name, username, path }: { name: string; username: string; path: string }) {
  const { t } = useTranslation(["login"]);
  return (
    <div className="mt-3 grid gap-4">
      <Form method="post" className="grid gap-3">
        <p className="m-0">{t("invite.asYouHint", { name, username })}</p>
        <SubmitButton intent="join" size="large" wide>
          {t("invite.accept")}
        </SubmitButton>
      </Form>
      <Form method="post" action="/logout" reloadDocument className="flex flex-wrap items-center gap-2">
        <input type="hidden" name="to" value={path} />
        <span className="flex-1 text-sm text-ink-3">{t("invite.other")}</span>
        <SubmitButton tone="plain" size="small">
          {t("invite.signOut")}
        </SubmitButton>
      </Form>
    </div>
  );
}

function NewAccountForm({ name, path, refused }: InvitationFormsProps) {
  const { t } = useTranslation(["login"]);
  const username = fieldOf(refused, "username");
  const fullName = fieldOf(refused, "name", name);
  return (
    <>
      <Form method="post" className="mt-3 grid gap-4" noValidate>
        <Field label={t("invite.name.label")} error={fullName.error} id="name">
          {(control) => (
            <TextInput
              {...control}
              name="name"
              defaultValue={fullName.defaultValue}
              autoComplete="name"
              maxLength={40}
            />
          )}
        </Field>
        <Field
          label={t("invite.username.label")}
          hint={t("invite.username.hint")}
          error={username.error}
          id="username"
        >
          {(control) => (
            <TextInput
              {...control}
              name="username"
              defaultValue={username.defaultValue}
              autoComplete="username"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              maxLength={40}
            />
          )}
        </Field>
        <Passwords refused={refused} label={t("invite.password")} />
        <SubmitButton intent="create" size="large" wide>
          {t("invite.create")}
        </SubmitButton>
      </Form>
      <div className="mt-5 flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <p className="m-0 min-w-0 flex-1 basis-48">
          <b>{t("invite.haveAccount")}</b>
          <span className="block text-sm text-ink-3">{t("invite.haveAccountHint")}</span>
        </p>
        <LinkButton to={`/login?to=${encodeURIComponent(path)}`}>{t("invite.signIn")}</LinkButton>
      </div>
    </>
  );
}
