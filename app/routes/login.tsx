import { Form, redirect, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { FrontFrame } from "~/features/identity/front-frame";
import { PasswordInput } from "~/features/identity/password-input";
import { env } from "~/server/env.server";
import { safePath } from "~/server/gate.server";
import { PasswordField } from "~/server/password.server";
import { read, write } from "~/server/route.server";
import { signIn } from "~/server/sign-in.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";

export { headers } from "~/server/retry-headers.server";

export const handle = page({ i18n: ["login"], title: (t) => t("login:title") });

/** Where the person wanted to go; anything odd in the address is ignored. */
const Search = z.object({ to: z.string().optional().catch(undefined) });

export const loader = read({ authorization: "public", search: Search }, ({ session, search }) => {
  if (session) throw redirect(homeOf(session.actor?.role === "operator", search.to));
  return { demo: env().demo };
});

const Login = z.object({
  username: z.string().min(1, "login:username.required"),
  password: PasswordField,
});

export const action = write(
  { authorization: "public", search: Search, form: Login },
  async ({ form, search, request, ip, reference, now }) => {
    const invited = safePath(search.to).startsWith("/invite/");
    const { headers, operator } = await signIn(form, { request, ip, reference, now }, !invited);
    return redirect(homeOf(operator, search.to), { headers });
  },
);

/** An operator has no station, hence no home page of figures. */
function homeOf(operator: boolean, to: string | undefined): string {
  return safePath(to, operator ? "/cities" : "/");
}

export default function LoginPage() {
  const { demo } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["login"]);
  const username = fieldOf(refused, "username");
  return (
    <FrontFrame>
      <Card className="p-2">
        <h1 className="m-0 mb-4 mt-2 text-xl">{t("title")}</h1>
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors refused={refused} />
          <Field label={t("username.label")} error={username.error} id="username">
            {(control) => (
              <TextInput
                {...control}
                name="username"
                defaultValue={username.defaultValue}
                autoComplete="username"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
                autoFocus={!refused}
              />
            )}
          </Field>
          <Field label={t("password.label")} error={fieldOf(refused, "password").error} id="password">
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
          <SubmitButton size="large" wide>
            {t("submit")}
          </SubmitButton>
        </Form>
        <p className="m-0 mt-4 text-sm text-ink-3">{t("forgotten")}</p>
      </Card>
      {demo && <DemoAccounts />}
    </FrontFrame>
  );
}

const DEMO_ACCOUNTS = [
  "yunling.admin",
  "liuhe.head",
  "liuhe.clerk",
  "liuhe-01.head",
  "xinghe.admin",
] as const;

/** Only where people and figures are invented: who to be. */
function DemoAccounts() {
  const { t } = useTranslation(["login"]);
  return (
    <Card title={t("demo.title")} className="mt-4">
      <p className="m-0 mb-2 text-sm text-ink-2">{t("demo.password", { password: "muster-demo" })}</p>
      <ul className="m-0 grid list-none gap-1 p-0 text-sm">
        {DEMO_ACCOUNTS.map((name) => (
          <li key={name} className="flex flex-wrap gap-x-3">
            <code className="font-mono">{name}</code>
            <span className="text-ink-3">{t(`demo.${name.replace(/[.-]/g, "_") as "yunling_admin"}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
