import type { PlannedPerson } from "@muster/db/queries/visits/plans";
import type { Worker } from "@muster/db/queries/visits/workers";
import { ageOn } from "@muster/domain/person";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { Tag } from "~/ui/tag";
import { ActionBar } from "~/ui/toolbar";

type Line = PlannedPerson & { key: string };

/** Everyone on the plan: who goes, whether they were there, and one tap to say so. */
export function PlanTable({
  people,
  workers,
  keeps,
  data,
}: {
  people: readonly Line[];
  workers: readonly Worker[];
  keeps: boolean;
  data: unknown;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const refused = refusalIn(data, "assign") ?? refusalIn(data, "drop") ?? refusalIn(data, "log");
  if (people.length === 0)
    return (
      <Card>
        <EmptyState title={t("plan.nobody")}>{t("plan.nobodyHint")}</EmptyState>
      </Card>
    );
  return (
    <Card title={t("plan.people")} flush>
      {keeps && <p className="m-0 px-4 pb-2 text-sm text-ink-3 print:hidden">{t("plan.logHint")}</p>}
      {/* The boxes belong to the form at the foot, so that each line can have a form of its own. */}
      <ul className="m-0 list-none border-t border-line p-0">
        {people.map((person) => (
          <li
            key={person.recordId}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 last:border-b-0"
          >
            {keeps && (
              <Checkbox
                hideLabel
                label={t("due.select", { name: person.name })}
                name="records"
                value={person.recordId}
                form="plan-people"
                className="print:hidden"
              />
            )}
            <Link
              to={`/visits/people/${person.recordId}`}
              lang="zh-CN"
              className="inline-flex min-h-target min-w-24 items-center font-semibold"
            >
              {person.name}
            </Link>
            <span className="min-w-0 flex-1 text-ink-2">
              {person.worker ? <span lang="zh-CN">{person.worker}</span> : t("plan.unassigned")}
            </span>
            {person.visitId && person.visitedOn ? (
              <Link
                to={`/visits/${person.visitId}`}
                className="inline-flex min-h-target items-center no-underline"
              >
                <Tag tone="good">{t("plan.done", { date: f.day(person.visitedOn) })}</Tag>
              </Link>
            ) : keeps ? (
              <Form method="post" className="print:hidden" preventScrollReset>
                <input type="hidden" name="id" value={person.key} />
                <input type="hidden" name="record" value={person.recordId} />
                <SubmitButton intent="log" tone="plain">
                  {t("plan.log")}
                  <span className="sr-only">{person.name}</span>
                </SubmitButton>
              </Form>
            ) : (
              <Tag tone="mute">{t("plan.todo")}</Tag>
            )}
          </li>
        ))}
      </ul>
      {keeps && (
        <Form method="post" id="plan-people">
          <FormErrors refused={refused} />
          <ActionBar note={t("plan.bulkNote")}>
            <Field id="worker" label={t("due.assign")} hideLabel>
              {(control) => (
                <Select
                  {...control}
                  name="worker"
                  options={workers.map(({ id, name }) => ({ value: id, label: name, lang: "zh-CN" }))}
                />
              )}
            </Field>
            <SubmitButton intent="assign" tone="plain">
              {t("plan.assign")}
            </SubmitButton>
            <SubmitButton intent="drop" tone="quiet">
              {t("plan.drop")}
            </SubmitButton>
          </ActionBar>
        </Form>
      )}
    </Card>
  );
}

interface Found {
  q: string;
  found: { id: string; name: string; bornOn: string }[];
}

function foundIn(data: unknown): Found | null {
  return typeof data === "object" && data !== null && "found" in data ? (data as Found) : null;
}

/** Puts further people of the station on the plan. */
export function AddToPlan({ data, today }: { data: unknown; today: string }) {
  const { t } = useTranslation(["visits"]);
  const found = foundIn(data);
  const refused = refusalIn(data, "find") ?? refusalIn(data, "add");
  const { defaultValue, error } = fieldOf(refused, "q", found?.q);
  return (
    <Card title={t("plan.addTitle")} className="print:hidden">
      <FormErrors refused={refused} />
      <Form method="post" className="flex flex-wrap items-end gap-2" preventScrollReset>
        <Field
          id="q"
          label={t("column.name")}
          hint={t("plan.addHint")}
          error={error}
          className="min-w-0 flex-1"
        >
          {(control) => (
            <TextInput
              {...control}
              name="q"
              type="search"
              autoComplete="off"
              maxLength={30}
              defaultValue={defaultValue}
            />
          )}
        </Field>
        <SubmitButton intent="find" tone="plain">
          {t("new.find")}
        </SubmitButton>
      </Form>
      {found && (
        <Form method="post" className="mt-3 grid gap-2">
          <p role="status" className="m-0">
            {found.found.length === 0 ? t("new.nobody") : t("new.found", { count: found.found.length })}
          </p>
          {found.found.map(({ id, name, bornOn }) => (
            <Checkbox
              key={id}
              name="records"
              value={id}
              label={<span lang="zh-CN">{name}</span>}
              hint={t("age", { age: ageOn(bornOn, today) })}
            />
          ))}
          {found.found.length > 0 && (
            <div>
              <SubmitButton intent="add" tone="plain">
                {t("plan.add")}
              </SubmitButton>
            </div>
          )}
        </Form>
      )}
    </Card>
  );
}
