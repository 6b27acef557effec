import { passwordHashOf, replacePassword } from "@muster/db/queries/identity/accounts";
import { revokeSessions } from "@muster/db/queries/identity/sessions";
import { Form, useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { PasswordInput } from "~/features/identity/password-input";
import { auditPerson } from "~/server/audit-person.server";
import { withAuth } from "~/server/database.server";
import { conflict, unprocessable } from "~/server/errors.server";
import { slowGuessing } from "~/server/guessing.server";
import { hashPassword, PasswordField, verifyPassword, weaknessKey } from "~/server/password.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const authorization = { action: "update", subject: "Profile" } as const;

export { headers } from "~/server/retry-headers.server";

export const handle = page({
  i18n: ["settings", "login"],
  title: (t) => t("settings:password.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:password.title") }],
});

export const loader = read({ authorization }, () => ({}));

const Change = z
  .object({ currentPassword: PasswordField, password: PasswordField, again: z.string() })
  .refine((form) => form.password === form.again, { path: ["again"], message: "login:password.mismatch" });

export const action = write(
  { authorization, form: Change },
  async ({ form, session, actor, ip, reference, now, done }) => {
    const { user } = session;
    const weak = weaknessKey(form.password, user.username);
    if (weak) throw wrong("password", weak);
    // Whoever finds an open session must not be able to guess the password at leisure.
    const passed = await slowGuessing(`login:change:${user.id}`, now, async () => {
      const stored = await withAuth(now, (tx) => passwordHashOf(tx, user.id));
      return (await verifyPassword(stored, form.currentPassword)) ? stored : null;
    });
    if (!passed) throw wrong("currentPassword", "settings:password.wrong");
    const hash = await hashPassword(form.password);
    await withAuth(now, async (tx) => {
      if (!(await replacePassword(tx, user.id, passed, hash))) throw conflict();
      await revokeSessions(tx, user.id, session.id);
      await auditPerson(tx, { actor, ip, reference }, { action: "account.change_password" });
    });
    return done("/settings/password", "settings:password.changed");
  },
);

function wrong(field: string, key: string) {
  return unprocessable(undefined, { params: { count: 1 }, fields: { [field]: key } });
}

export default function PasswordPage() {
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["settings", "login"]);
  const field = (name: string, label: string, autoComplete: string, hint?: string) => (
    <Field label={label} hint={hint} error={fieldOf(refused, name).error} id={name}>
      {(control) => <PasswordInput {...control} name={name} autoComplete={autoComplete} />}
    </Field>
  );
  return (
    <>
      <PageHeader title={t("password.title")} note={t("password.note")} />
      <Card className="max-w-lg">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors refused={refused} />
          {field("currentPassword", t("password.current"), "current-password")}
          {field("password", t("password.new"), "new-password", t("login:password.rule"))}
          {field("again", t("password.again"), "new-password")}
          <div>
            <SubmitButton>{t("password.submit")}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
