import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { Notice } from "~/ui/notice";

/** Somebody who may be chosen. */
export interface Choice {
  id: string;
  name: string;
  bornOn: string;
  stationName: string;
}

interface Props {
  type: string;
  /** The entry of the counter log it comes out of. */
  from: string | undefined;
  /** Everybody of the own station, where they are few enough for one list. */
  people: readonly Choice[];
  data: unknown;
}

/** For whom: from the station's own list, or found by name. A name is sent by a form and stands in no address. */
export function PersonChoice({ type, from, people, data }: Props) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const refused = refusalIn(data, "find");
  const found = foundIn(data);
  const q = fieldOf(refused, "q");
  return (
    <Card title={t("new.who")} id="who">
      <p className="m-0 mb-3 text-ink-3">{t("new.whoNote")}</p>
      <div className="grid gap-4">
        {people.length > 0 && (
          <Form method="get" className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="type" value={type} />
            {from && <input type="hidden" name="reception" value={from} />}
            <Field id="person" label={t("field.person")} className="min-w-0 flex-1 basis-64" required>
              {(control) => (
                <Select
                  {...control}
                  name="person"
                  placeholder={t("new.who")}
                  defaultValue=""
                  options={people.map(({ id, name, bornOn }) => ({
                    value: id,
                    label: `${name} ${f.date(bornOn)}`,
                    lang: "zh-CN",
                  }))}
                />
              )}
            </Field>
            <SubmitButton>{t("new.pick")}</SubmitButton>
          </Form>
        )}
        <Form method="post" className="grid gap-2" noValidate>
          <FormErrors refused={refused} fields={{ q: { label: t("new.whoSearch"), id: "q" } }} />
          <div className="flex flex-wrap items-end gap-2">
            <Field id="q" label={t("new.whoSearch")} error={q.error} className="min-w-0 flex-1 basis-64">
              {(control) => (
                <TextInput
                  {...control}
                  name="q"
                  maxLength={20}
                  autoComplete="off"
                  defaultValue={q.defaultValue}
                />
              )}
            </Field>
            <SubmitButton intent="find" tone="plain">
              {t("new.whoFind")}
            </SubmitButton>
          </div>
        </Form>
        {found && found.length === 0 && <Notice tone="warn">{t("new.whoNone")}</Notice>}
        {found && found.length > 0 && (
          <ul className="m-0 list-none p-0">
            {found.map(({ id, name, bornOn, stationName }) => (
              <li key={id} className="border-b border-line last:border-0">
                <Link
                  to={`?${new URLSearchParams({ type, person: id, ...(from ? { reception: from } : {}) })}`}
                  aria-label={t("new.pickOne", { name })}
                  className="flex min-h-target flex-wrap items-center gap-x-3"
                >
                  <b lang="zh-CN">{name}</b>
                  <span className="text-sm text-ink-3">
                    {f.date(bornOn)} · <span lang="zh-CN">{stationName}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function foundIn(data: unknown): Choice[] | null {
  return typeof data === "object" && data !== null && "found" in data
    ? (data as { found: Choice[] }).found
    : null;
}
