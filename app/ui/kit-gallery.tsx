import { useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { Button, LinkButton, SubmitButton } from "./button";
import { Card } from "./card";
import { Checkbox, RadioGroup } from "./choice";
import { ColumnChoice } from "./column-choice";
import { DescriptionList } from "./description-list";
import { ConfirmDialog } from "./dialog";
import { EmptyState } from "./empty-state";
import { ErrorState } from "./error-state";
import { Field } from "./field";
import { FormErrors } from "./form";
import { DateInput, NumberInput, Select, Textarea, TextInput } from "./input";
import { KeyNumber, KeyNumbers } from "./key-number";
import sample from "./kit-sample.json";
import { Meter, ProgressBar } from "./meter";
import { Notice } from "./notice";
import { PageHeader } from "./page-header";
import { Pagination } from "./pagination";
import { PrintSheet } from "./print-sheet";
import { SearchBox } from "./search-box";
import { Shell } from "./shell";
import { Skeleton } from "./skeleton";
import { Stepper } from "./stepper";
import { Table } from "./table";
import { Tabs } from "./tabs";
import { SIGNS, Tag, type Tone } from "./tag";
import { Timeline } from "./timeline";
import { ActionBar, FilterBar } from "./toolbar";

const tones = Object.keys(SIGNS) as Tone[];

/** Every piece of the kit with samples, inside its own shell. */
export function KitGallery() {
  return (
    <Shell navigation={sample.navigation} user={sample.user}>
      <Dashboard />
      <div className="mt-4 grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <States />
        <Fields />
        <Lists />
        <Errors />
      </div>
    </Shell>
  );
}

function Dashboard() {
  const [search] = useSearchParams();
  const [town = "", people = "", staff = "", due = "", each = "", verdict = ""] = sample.heads;
  return (
    <>
      <PageHeader title={sample.title} note={sample.note}>
        {sample.buttons.map((label) => (
          <Button key={label}>{label}</Button>
        ))}
        <ColumnChoice
          columns={sample.heads.map((label) => ({ id: label, label }))}
          shown={search.getAll("cols")}
        />
      </PageHeader>
      <Notice inline title={sample.basis.title} className="mb-4">
        <span>{sample.basis.text}</span>
        <a href="/dev/kit" className="text-info-ink underline">
          {sample.basis.returned}
        </a>
        <a href="/dev/kit" className="text-info-ink underline">
          {sample.basis.missing}
        </a>
      </Notice>
      <KeyNumbers>
        {sample.keys.map(({ label, value, unit, change, direction, tone, note }) => (
          <KeyNumber
            key={label}
            label={label}
            value={value}
            unit={unit}
            note={note}
            change={change ? { text: change, direction: direction as "up", tone: tone as "good" } : undefined}
          />
        ))}
      </KeyNumbers>
      <Tabs
        label={sample.tableTitle}
        items={sample.tabs.map((label, index) => ({
          to: `?view=${index}`,
          label,
          current: index === 0,
          count: index === 2 ? 12 : undefined,
        }))}
      />
      <Card title={sample.tableTitle} aside={<span className="text-ink-3">{sample.goldLine}</span>} flush>
        <Table
          caption={sample.tableTitle}
          rows={sample.towns}
          rowKey={([name]) => String(name)}
          sort={{
            column: "each",
            direction: "desc",
            href: (column, direction) => `?sort=${column}&dir=${direction}`,
          }}
          selection={{ name: "ids", value: ([name]) => String(name), label: ([name]) => String(name) }}
          rowTone={(row) => (Number(row[4]) > 600 ? "warn" : undefined)}
          columns={[
            {
              id: "town",
              header: town,
              rowHeader: true,
              sortable: true,
              cell: (row) => (
                <a href="/dev/kit" className="no-underline">
                  {row[0]}
                </a>
              ),
            },
            {
              id: "people",
              header: people,
              numeric: true,
              sortable: true,
              cell: (row) => Number(row[1]).toLocaleString("en"),
            },
            { id: "staff", header: staff, numeric: true, cell: (row) => row[2] },
            { id: "due", header: due, numeric: true, wide: true, cell: (row) => row[3] },
            { id: "each", header: each, numeric: true, sortable: true, cell: (row) => row[4] },
            {
              id: "verdict",
              header: verdict,
              tight: true,
              cell: (row) =>
                Number(row[4]) > 500 ? (
                  <Tag tone="bad">{sample.short}</Tag>
                ) : (
                  <Tag tone="good">{sample.met}</Tag>
                ),
            },
          ]}
        />
        <Pagination previous="?page=1" next="?page=3" summary="51–100 / 359" />
        <ActionBar note={sample.note}>
          <Button>{sample.form.title}</Button>
          <SubmitButton>{sample.form.submit}</SubmitButton>
        </ActionBar>
      </Card>
    </>
  );
}

function States() {
  const [first = ""] = sample.empty;
  return (
    <Card title={sample.tabs[0]} aside={<Tag tone="info">{sample.tags[3]}</Tag>}>
      <div className="grid gap-4">
        <p className="m-0 flex flex-wrap gap-2">
          {tones.map((tone, index) => (
            <Tag key={tone} tone={tone}>
              {sample.tags[index]}
            </Tag>
          ))}
        </p>
        <p className="m-0 flex flex-wrap gap-2">
          <Button tone="primary">{sample.form.submit}</Button>
          <Button>{sample.form.nil}</Button>
          <Button tone="quiet">{sample.form.title}</Button>
          <Button disabled>{sample.form.nil}</Button>
          <LinkButton to="/dev/kit" size="small">
            {sample.form.title}
          </LinkButton>
          <ConfirmDialog
            trigger={sample.form.delete}
            tone="danger"
            fallback="/dev/kit"
            title={sample.form.delete}
            body={sample.form.confirm}
            confirm={sample.form.delete}
            danger
          />
        </p>
        <Meter
          label={sample.progress.label}
          total={64}
          legend
          segments={[55, 5, 1, 3].map((value, index) => ({
            id: String(index),
            value,
            label: sample.progress.names[index],
            shade: (["s1", "s3", "s2", "mute"] as const)[index] ?? "mute",
          }))}
        />
        <ProgressBar label={sample.progress.label} share={0.86} />
        <Stepper
          label={sample.tabs[0] ?? ""}
          current="1"
          steps={sample.steps.map((label, index) => ({ id: String(index), label }))}
        />
        {(["info", "warn", "bad", "good"] as const).map((tone) => (
          <Notice key={tone} tone={tone} title={sample.basis.title}>
            {sample.basis.text}
          </Notice>
        ))}
        <Skeleton lines={4} />
        <EmptyState title={first}>{sample.empty[1]}</EmptyState>
      </div>
    </Card>
  );
}

function Fields() {
  const [refused, setRefused] = useState(false);
  const { form } = sample;
  const report = {
    status: 422,
    code: "unprocessable",
    message: form.error,
    next: form.hint,
    reference: "7KQ2MZ4P",
  };
  return (
    <Card title={form.title}>
      <FilterBar label={form.name}>
        <SearchBox label={form.name} />
        <Select
          name="level"
          aria-label={form.level}
          options={form.levels.map((label) => ({ value: label, label }))}
          placeholder={form.level}
          className="max-w-36"
        />
      </FilterBar>
      <form className="mt-4 grid gap-3.5" onSubmit={(event) => event.preventDefault()}>
        <FormErrors
          refused={
            refused ? { ok: false, intent: null, values: {}, errors: { reason: [form.error] }, report } : null
          }
          fields={{ reason: { label: form.reason, id: "reason" } }}
        />
        <Field label={form.name} hint={form.hint} required>
          {(control) => <TextInput {...control} name="name" defaultValue={sample.user.stationName} />}
        </Field>
        <Field label={form.reason} error={form.error} id="reason">
          {(control) => <Textarea {...control} name="reason" />}
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label={form.figure}>
            {(control) => <NumberInput {...control} name="C01" defaultValue="19" />}
          </Field>
          <Field label={form.due}>
            {(control) => <DateInput {...control} name="due" defaultValue="2026-11-03" />}
          </Field>
        </div>
        <Field label={form.level}>
          {(control) => (
            <Select
              {...control}
              name="level2"
              options={form.levels.map((label) => ({ value: label, label }))}
            />
          )}
        </Field>
        <RadioGroup
          name="kind"
          legend={form.level}
          defaultValue={form.levels[0]}
          options={form.levels.map((label) => ({ value: label, label }))}
        />
        <Checkbox name="agree" label={form.agree} hint={form.hint} />
        <div>
          <Button tone="primary" onClick={() => setRefused(true)}>
            {form.submit}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Lists() {
  return (
    <Card title={sample.tabs[2]}>
      <DescriptionList items={sample.facts.map(([term, value]) => ({ term, value }))} columns={1} />
      <div className="mt-4">
        <Timeline
          events={sample.events.map(([title, when = "", who], index) => ({
            id: index,
            title,
            when,
            who,
            tone: (["info", "warn", "info"] as const)[index],
          }))}
        />
      </div>
    </Card>
  );
}

function Errors() {
  const { sheet } = sample;
  return (
    <div className="grid gap-4">
      <Card>
        <ErrorState
          kind="409"
          title={sample.tags[1] ?? ""}
          message={sample.form.error}
          next={sample.form.confirm}
          reference="7KQ2MZ4P"
        />
      </Card>
      <PrintSheet
        title={sheet.title}
        facts={[
          { label: sheet.unit, value: sheet.station },
          { label: sheet.period, value: sheet.month },
        ]}
        signatures={sheet.signs.map((label) => ({ label }))}
        seal={{ label: sheet.seal, date: sheet.date }}
      >
        <table>
          <tbody>
            {sample.towns.slice(0, 3).map((row) => (
              <tr key={String(row[0])}>
                {row.map((value) => (
                  <td key={String(value)}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </PrintSheet>
    </div>
  );
}
