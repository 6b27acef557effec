import { editBasics, revealPart, saveSection } from "@muster/db/queries/people/archive";
import { maskedBasics, openSection, sectionsOf } from "@muster/db/queries/people/row";
import { localDate } from "@muster/domain/period";
import { readSection, SECTIONS, type SectionContent } from "@muster/domain/person-sections";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { personFor } from "~/features/people/access.server";
import { BasicsForm, NothingForm, PartParams, SectionForm } from "~/features/people/forms";
import { Basics, Buttons, Section } from "~/features/people/part-forms";
import { settled } from "~/features/people/refusal.server";
import { Version } from "~/features/stations/forms";
import { badRequest, notFound, unprocessable } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Person" }, params: PartParams } as const;

export const handle = page<typeof loader>({
  i18n: ["people"],
  menu: "/people",
  title: (t, { part }) => t("people:edit.title", { section: t(`people:section.${part}`) }),
  crumbs: (t, { part, person }) => [
    { label: t("people:title"), to: "/people" },
    { label: person.name, to: `/people/${person.id}` },
    { label: t(`people:section.${part}`) },
  ],
});

export const loader = read(route, ({ scoped, params: { personId, part }, demand, now }) =>
  scoped(async (tx) => {
    const keys = keyring();
    const { cityId } = tx.scope;
    const row = await personFor(tx, personId, "update", { demand });
    if (row.leftOn) throw notFound();
    const masked = maskedBasics(keys, cityId, row);
    const stored = (await sectionsOf(tx, row.id)).find(({ section }) => section === part);
    // A masked section that says something is opened by a step of its own, which is logged.
    const open = part !== "basics" && (!SECTIONS[part].masked || !stored);
    return {
      part,
      person: {
        id: row.id,
        name: row.name,
        ...masked,
        sex: masked.idNumber ? "" : row.sex,
        bornOn: masked.idNumber ? "" : row.bornOn,
      },
      version: part === "basics" ? row.version : (stored?.version ?? 0),
      content: open ? (stored ? openSection(keys, cityId, stored) : {}) : null,
      today: localDate(now),
    };
  }),
);

export const action = write({
  ...route,
  intents: {
    open: {
      form: NothingForm,
      run: async ({ scoped, params: { personId: id, part }, demand, locale }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return revealPart(tx, keyring(), { id, part, purpose: "edit" });
        });
        return { ok: true as const, opened: settled(outcome, locale).content };
      },
    },
    basics: {
      form: BasicsForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return editBasics(tx, keyring(), { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/people/${id}#basics`, "people:flash.saved");
      },
    },
    section: {
      form: SectionForm,
      run: async ({ scoped, params: { personId: id, part }, form, demand, locale, done }) => {
        const version = Version.safeParse(form.version);
        if (part === "basics" || !version.success) throw badRequest();
        const { content, problems } = readSection(part, form);
        const wrong = Object.entries(problems);
        if (wrong.length > 0) {
          const fields = wrong.map(([name, problem]) => [name, `people:error.entry.${problem}`]);
          throw unprocessable("unprocessable", {
            params: { count: wrong.length },
            fields: Object.fromEntries(fields),
          });
        }
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return saveSection(tx, keyring(), { id, section: part, version: version.data, content });
        });
        settled(outcome, locale);
        return done(`/people/${id}#${part}`, "people:flash.saved");
      },
    },
  },
});

export default function EditPart() {
  const { part, person, version, content, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["people"]);
  const opened = data && "opened" in data ? (data.opened as SectionContent) : null;
  const refused = refusalIn(data, "section");
  return (
    <>
      <PageHeader
        title={t("edit.title", { section: t(`section.${part}`) })}
        note={<span lang="zh-CN">{person.name}</span>}
      />
      <Card className="max-w-3xl">
        {part === "basics" ? (
          <Basics refused={refusalIn(data, "basics")} person={person} version={version} today={today} />
        ) : content || opened || refused ? (
          <Section
            section={part}
            content={opened ?? content ?? {}}
            version={version}
            refused={refused}
            back={`/people/${person.id}`}
          />
        ) : (
          <Form method="post" className="grid gap-3">
            <Notice tone="warn">{t("edit.openHint")}</Notice>
            <Buttons intent="open" label={t("edit.open")} back={`/people/${person.id}`} />
          </Form>
        )}
      </Card>
    </>
  );
}
