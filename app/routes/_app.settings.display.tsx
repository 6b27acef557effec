import { Form, redirect, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { LOCALES } from "~/i18n/locales";
import { elderCookie, localeCookie, readElder } from "~/server/display.server";
import { flashCookie } from "~/server/flash.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { checkedOf, FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["settings"],
  title: (t) => t("settings:display.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:display.title") }],
});

export const loader = read({ authorization: "signed-in" }, ({ request, locale }) => ({
  locale,
  elder: readElder(request),
}));

const Display = z.object({ locale: z.enum(LOCALES), elder: z.literal("on").optional() });

export const action = write({ authorization: "signed-in", form: Display }, ({ form }) => {
  const headers = new Headers();
  headers.append("Set-Cookie", localeCookie(form.locale));
  headers.append("Set-Cookie", elderCookie(form.elder === "on"));
  headers.append("Set-Cookie", flashCookie("settings:display.saved"));
  return redirect("/settings/display", { headers });
});

export default function DisplaySettings() {
  const { locale, elder } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["settings", "common"]);
  return (
    <>
      <PageHeader title={t("display.title")} note={t("display.note")} />
      <Card className="max-w-2xl">
        {/* reloadDocument: the other language's catalogues come with the page. */}
        <Form method="post" reloadDocument className="grid gap-4">
          <FormErrors refused={refused} />
          <RadioGroup
            name="locale"
            legend={t("display.language")}
            defaultValue={fieldOf(refused, "locale", locale).defaultValue}
            error={fieldOf(refused, "locale").error}
            options={[
              { value: "zh-CN", label: t("display.chinese") },
              { value: "en", label: t("display.english") },
            ]}
          />
          <Checkbox
            name="elder"
            value="on"
            label={t("display.elder")}
            hint={t("display.elderHint")}
            defaultChecked={checkedOf(refused, "elder", "on", elder)}
          />
          <div>
            <SubmitButton>{t("common:save")}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
