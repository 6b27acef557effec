import { fileCase } from "@muster/db/queries/assistance/apply";
import { findPerson } from "@muster/db/queries/people/row";
import { newId } from "@muster/db/scope";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ApplicationForm } from "~/features/assistance/application-form";
import { BringList, BringMessage } from "~/features/assistance/bring";
import { ApplyForm, FindForm, NewSearch } from "~/features/assistance/forms";
import { chainOf } from "~/features/assistance/labels";
import { findPeople, newCaseModel } from "~/features/assistance/new.server";
import { OtherCases } from "~/features/assistance/other-cases";
import { PersonChoice } from "~/features/assistance/person-choice";
import { settled } from "~/features/assistance/refusal.server";
import { useFormat, useLocale } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Stepper } from "~/ui/stepper";

const route = { authorization: { action: "create", subject: "Assistance" }, search: NewSearch } as const;

export const handle = page({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t) => t("assistance:new.title"),
  crumbs: (t) => [{ label: t("assistance:title"), to: "/assistance" }, { label: t("assistance:new.title") }],
});

export const loader = read(route, ({ scoped, search, ...reader }) =>
  scoped(async (tx) => ({ ...(await newCaseModel(tx, search, reader)), key: newId() })),
);

export const action = write({
  ...route,
  intents: {
    find: {
      form: FindForm,
      run: async ({ scoped, form }) => ({
        ok: true as const,
        found: await scoped((tx) => findPeople(tx, form.q)),
      }),
    },
    apply: {
      form: ApplyForm,
      run: async ({ scoped, form, demand, locale, done }) => {
        const { person, type, key, reception, size, income, pension, despite, ...rest } = form;
        const outcome = await scoped.write(async (tx) => {
          const row = await findPerson(tx, person);
          if (!row) throw notFound();
          demand("create", "Assistance", { stationId: row.stationId, path: row.path });
          return fileCase(tx, keyring(), {
            ...rest,
            recordId: row.id,
            typeCode: type,
            requestKey: key,
            household: { size, income, pension },
            despiteEarlier: despite,
            receptionId: reception,
          });
        });
        const { id, repeated } = settled(outcome, locale, Object.keys(ApplyForm.shape));
        return done(`/assistance/${id}`, repeated ? "assistance:flash.repeated" : "assistance:flash.filed");
      },
    },
  },
});

export default function NewCase() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["assistance"]);
  const locale = useLocale();
  const f = useFormat();
  const { types, type, counter, person, from, people, earlier, repeated, key, today, named } = model;
  const address = (next: { type?: string; person?: string }) =>
    `?${new URLSearchParams({ ...next, ...(from ? { reception: from.id } : {}) })}`;
  const word = (name: { zh: string; en: string }) => (locale === "zh-CN" ? name.zh : name.en);
  const at = !type ? "type" : !person ? "person" : "fill";
  return (
    <>
      <PageHeader
        title={t("new.title")}
        note={
          type && (
            <>
              {word(type.name)}
              {person && (
                <>
                  {" · "}
                  <b lang="zh-CN">{person.name}</b> {f.date(person.bornOn)}
                </>
              )}
            </>
          )
        }
      >
        {type && <LinkButton to={address(person ? { person: person.id } : {})}>{t("new.change")}</LinkButton>}
      </PageHeader>
      <div className="mb-4">
        <Stepper
          label={t("new.steps")}
          current={at}
          steps={(["type", "person", "fill"] as const).map((id) => ({ id, label: t(`new.step.${id}`) }))}
        />
      </div>
      <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
        {!type && (
          <Card title={t("new.choose")}>
            <p className="m-0 mb-3 text-ink-3">{t("new.chooseNote")}</p>
            <ul className="m-0 grid list-none gap-2 p-0">
              {types.map((each) => (
                <li key={each.code}>
                  <Link
                    to={address({ type: each.code, ...(person ? { person: person.id } : {}) })}
                    className="block rounded border border-line-strong px-3.5 py-2.5 text-ink no-underline hover:border-accent hover:bg-accent-soft"
                  >
                    <b className="block text-md">{word(each.name)}</b>
                    <span className="block text-sm text-ink-3">
                      {t(`chain.${chainOf(each)}`)} ·{" "}
                      {each.yearlyLimit === null
                        ? t("new.noLimit")
                        : t("new.limit", { amount: f.money(each.yearlyLimit) })}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {type && (
          <Card
            title={t("bring.title", { type: word(type.name) })}
            aside={
              <LinkButton to={`/assistance/checklists/${type.code}`} size="small">
                {t("bring.print")}
              </LinkButton>
            }
          >
            <BringList model={type} />
            {!person && (
              <details className="mt-2">
                <summary className="flex min-h-target cursor-pointer items-center text-accent">
                  {t("bring.message")}
                </summary>
                <BringMessage model={type} counter={counter} />
              </details>
            )}
          </Card>
        )}
        {type && !person && <PersonChoice type={type.code} from={from?.id} people={people} data={data} />}
        {earlier.length > 0 && (
          <Card title={t("new.earlier")}>
            <OtherCases cases={earlier} types={named} />
          </Card>
        )}
        {type && person && (
          <ApplicationForm
            type={type}
            person={person}
            from={from}
            repeated={repeated}
            requestKey={key}
            today={today}
            refused={refusalIn(data, "apply")}
          />
        )}
      </div>
    </>
  );
}
