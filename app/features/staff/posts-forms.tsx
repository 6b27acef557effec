import type { Leader, Posts } from "@muster/db/queries/staff/posts";
import { GROUP_ROLES } from "@muster/domain/staff";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, NumberInput, TextInput } from "~/ui/input";
import { Tag } from "~/ui/tag";
import { Entered } from "./entered";

/** Approvals of posts as they followed each other, and the form for the next. */
export function PostsHistory({
  data,
  posts,
  today,
}: {
  data: unknown;
  posts: readonly Posts[];
  today: string;
}) {
  const { t } = useTranslation(["staff", "common"]);
  const f = useFormat();
  const refused = refusalIn(data, "posts");
  const [latest] = posts;
  const validFrom = fieldOf(refused, "validFrom", today);
  const number = fieldOf(refused, "posts", String(latest?.posts ?? ""));
  const document = fieldOf(refused, "document", latest?.document);
  return (
    <Card title={t("posts.title")}>
      {posts.length > 0 && (
        <ul className="m-0 mb-4 list-none p-0">
          {posts.map((row) => (
            <li key={row.validFrom} className="flex flex-wrap gap-x-3 border-b border-line py-2">
              <b className="font-medium">{f.date(row.validFrom)}</b>
              <span>{t("posts.count", { count: row.posts })}</span>
              <span className="text-ink-3">
                <Entered>{row.document}</Entered>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors
          refused={refused}
          fields={{
            validFrom: { label: t("posts.from"), id: "posts-from" },
            posts: { label: t("posts.posts"), id: "posts-posts" },
            document: { label: t("posts.document"), id: "posts-document" },
          }}
        />
        <input type="hidden" name="version" value={latest?.version ?? 0} />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field id="posts-posts" label={t("posts.posts")} error={number.error} required>
            {(control) => (
              <NumberInput {...control} name="posts" maxLength={4} defaultValue={number.defaultValue} />
            )}
          </Field>
          <Field id="posts-document" label={t("posts.document")} error={document.error}>
            {(control) => (
              <TextInput {...control} name="document" maxLength={60} defaultValue={document.defaultValue} />
            )}
          </Field>
          <Field id="posts-from" label={t("posts.from")} error={validFrom.error} required>
            {(control) => (
              <DateInput {...control} name="validFrom" max={today} defaultValue={validFrom.defaultValue} />
            )}
          </Field>
        </div>
        <div>
          <SubmitButton intent="posts">{t("common:save")}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

interface GroupProps {
  data: unknown;
  leaders: readonly Leader[];
  today: string;
}

/** The leading group: who is in it, who left, and the form for who joins. */
export function GroupForms({ data, leaders, today }: GroupProps) {
  const { t } = useTranslation(["staff", "common"]);
  const refused = refusalIn(data, "leader");
  const leaving = refusalIn(data, "leave");
  const name = fieldOf(refused, "name");
  const office = fieldOf(refused, "office");
  const role = fieldOf(
    refused,
    "role",
    leaders.some((l) => l.role === "chair" && !l.validTo) ? "member" : "chair",
  );
  const validFrom = fieldOf(refused, "validFrom", today);
  return (
    <Card title={t("group.title")} id="group">
      <FormErrors refused={leaving} />
      <ul className="m-0 mb-4 list-none p-0">
        {leaders.map((leader) => (
          <LeaderLine
            key={leader.id}
            leader={leader}
            today={today}
            error={leaving?.values.id === leader.id ? fieldOf(leaving, "on").error : undefined}
          />
        ))}
      </ul>
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors
          refused={refused}
          fields={{
            name: { label: t("field.name"), id: "leader-name" },
            office: { label: t("group.office"), id: "leader-office" },
            validFrom: { label: t("group.from"), id: "leader-from" },
            role: { label: t("group.role"), id: "leader-role" },
          }}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field id="leader-name" label={t("field.name")} error={name.error} required>
            {(control) => (
              <TextInput {...control} name="name" maxLength={30} defaultValue={name.defaultValue} />
            )}
          </Field>
          <Field id="leader-office" label={t("group.office")} error={office.error} required>
            {(control) => (
              <TextInput {...control} name="office" maxLength={40} defaultValue={office.defaultValue} />
            )}
          </Field>
          <Field id="leader-from" label={t("group.from")} error={validFrom.error} required>
            {(control) => (
              <DateInput {...control} name="validFrom" max={today} defaultValue={validFrom.defaultValue} />
            )}
          </Field>
        </div>
        <div id="leader-role">
          <RadioGroup
            name="role"
            legend={t("group.role")}
            defaultValue={role.defaultValue}
            error={role.error}
            options={GROUP_ROLES.map((value) => ({ value, label: t(`groupRole.${value}`) }))}
          />
        </div>
        <div>
          <SubmitButton intent="leader" tone="plain">
            {t("group.add")}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function LeaderLine({
  leader,
  today,
  error,
}: {
  leader: Leader;
  today: string;
  error: string[] | undefined;
}) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const { id, name, office, role, validFrom, validTo, version } = leader;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <Tag plain tone={role === "chair" && !validTo ? "good" : "mute"}>
        {t(`groupRole.${role}`)}
      </Tag>
      <b className="font-semibold">{name}</b>
      <span className="flex-1 text-ink-3">
        <Entered>{office}</Entered> ·{" "}
        {validTo
          ? t("person.span", { from: f.date(validFrom), to: f.date(validTo) })
          : t("person.since", { from: f.date(validFrom) })}
      </span>
      {!validTo && (
        <Form method="post" className="flex flex-wrap items-end gap-2" noValidate>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={version} />
          <Field id={`leave-${id}`} label={t("group.leaveOn", { name })} hideLabel error={error}>
            {(control) => <DateInput {...control} name="on" max={today} defaultValue={today} />}
          </Field>
          <SubmitButton intent="leave" tone="danger" size="small">
            {t("group.leave")}
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}
