import { type CaseState, caseDaysOver } from "@muster/domain/assistance";
import type { SerializeFrom } from "@remix-run/node";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ItemEvidence } from "~/features/assessments/item-evidence";
import { useUploads } from "~/features/evidence/use-uploads";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { Stepper } from "~/ui/stepper";
import { Tag, type Tone } from "~/ui/tag";
import { Timeline } from "~/ui/timeline";
import type { caseModel } from "./case.server";
import { CHAINS, chainOf, ownerOf } from "./labels";
import { OtherCases } from "./other-cases";

export type CaseModel = SerializeFrom<Awaited<ReturnType<typeof caseModel>>>;

/** Where a case stands, by when, and whose turn it is. */
export function Standing({ model }: { model: CaseModel }) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const { case: row, type, steps, barred, over, daysLeft } = model;
  const chain = CHAINS[chainOf(type)];
  const owner = ownerOf(row.state);
  return (
    <div className="mb-4 grid gap-3">
      {chain.some((state) => state === row.state) && (
        <Stepper
          label={t("case.stands")}
          current={row.state}
          steps={chain.map((id) => ({ id, label: t(`milestone.${id}`) }))}
        />
      )}
      {row.dueOn !== null && daysLeft !== null ? (
        <Notice
          tone={over > 0 ? "bad" : daysLeft <= 2 ? "warn" : "info"}
          title={t("case.clock", { day: f.day(row.dueOn), left: f.daysLeft(daysLeft) })}
        >
          {steps.every((step) => step === "withdraw") && owner && (
            <p className="m-0">{t("case.waits", { who: t(`case.owner.${owner}`) })}</p>
          )}
          {barred && <p className="m-0">{t("case.barred", { action: t(`action.${barred}`) })}</p>}
        </Notice>
      ) : (
        <Notice title={t(row.state === "refused" ? "case.refusedEnd" : "case.ended")}>
          {row.refusal && (
            <p className="m-0">
              {t("field.refusal")}：{t(`reason.${row.refusal}`)}
            </p>
          )}
          {(row.state === "refused" || row.state === "upheld") && (
            <div className="mt-2 print:hidden">
              <LinkButton to={`/assistance/${row.id}/refusal`} size="small">
                {t("refused.print")}
              </LinkButton>
            </div>
          )}
        </Notice>
      )}
    </div>
  );
}

/** What was applied for, and what became of it. */
export function FactsCard({ model }: { model: CaseModel }) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const { case: row, household, granted, left, reason } = model;
  const yuan = (fen: number) => t("yuan", { amount: f.money(fen) });
  return (
    <Card
      title={t("case.facts")}
      aside={
        <LinkButton to={`/people/${row.recordId}`} size="small">
          {t("case.person")}
        </LinkButton>
      }
    >
      <p className="m-0 mb-2 whitespace-pre-line [overflow-wrap:anywhere]">
        <Entered>{reason}</Entered>
      </p>
      <DescriptionList
        columns={1}
        items={[
          {
            term: t("field.appliedOn"),
            value: `${f.date(row.appliedOn)} · ${t(`applicant.${row.appliedBy}`)}`,
          },
          {
            term: t("field.household"),
            value: (
              <>
                {household.income === null
                  ? t("field.householdUnknown", { size: household.size })
                  : t("field.householdText", { size: household.size, income: f.money(household.income) })}
                {household.pension > 0 && (
                  <span className="block text-sm text-ink-3">
                    {t("field.pensionText", { pension: f.money(household.pension) })}
                  </span>
                )}
              </>
            ),
          },
          {
            term: t("field.perHead"),
            value: household.perHead === null ? t("none") : yuan(household.perHead),
          },
          { term: t("column.asked"), value: f.money(row.asked) },
          ...(row.approved === null
            ? []
            : [{ term: t("field.approved"), value: <b>{yuan(row.approved)}</b> }]),
          ...(row.paid !== null && row.paidOn !== null
            ? [
                {
                  term: t("field.paid"),
                  value: t("field.paidText", { date: f.date(row.paidOn), amount: f.money(row.paid) }),
                },
              ]
            : []),
          ...(row.publicFrom !== null && row.publicUntil !== null
            ? [
                {
                  term: t("field.publicity"),
                  value: t("field.span", { from: f.date(row.publicFrom), to: f.date(row.publicUntil) }),
                },
              ]
            : []),
          ...(row.receptionId
            ? [
                {
                  term: t("case.from"),
                  value: (
                    <Link
                      to={`/reception/${row.receptionId}`}
                      className="inline-flex min-h-target items-center"
                    >
                      {t("case.fromReception")}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
      <p className="m-0 mt-2 text-sm text-ink-3">
        {row.approved !== null
          ? t("case.elsewhere", { granted: f.money(granted) })
          : left === null
            ? t("case.noLimit", { granted: f.money(granted) })
            : t("case.limit", { granted: f.money(granted), left: f.money(left) })}
      </p>
    </Card>
  );
}

/** The papers: which are here, which follow by when, and a photo of each. */
export function MaterialsCard({ model, refused }: { model: CaseModel; refused: Refused | null }) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const { case: row, materials, takesPapers, evidence, today } = model;
  const uploads = useUploads({
    subjects: materials.map(({ subject }) => subject),
    owner: evidence.owner,
    adds: evidence.adds && evidence.open,
  });
  const have = materials.filter(({ receivedOn }) => receivedOn !== null).length;
  return (
    <Card
      id="materials"
      title={t("case.materials")}
      aside={
        <>
          <Tag tone={have === materials.length ? "good" : "warn"}>
            {t("case.have", { have, all: materials.length })}
          </Tag>
          <LinkButton to={`/assistance/${row.id}/checklist`} size="small">
            {t("case.checklist")}
          </LinkButton>
        </>
      }
    >
      <ul className="m-0 mb-3 grid list-none gap-3 p-0">
        {materials.map(({ code, name, receivedOn, dueOn, subject, pieces }) => (
          <li key={code} className="grid gap-1.5 border-b border-line pb-3 last:border-0">
            <div className="flex flex-wrap items-center gap-x-3">
              <b className="flex-1">{name}</b>
              <Tag tone={toneOf(receivedOn, dueOn, today)}>
                {receivedOn
                  ? t("case.received", { date: f.date(receivedOn) })
                  : dueOn
                    ? t(caseDaysOver(dueOn, today) > 0 ? "case.late" : "case.follows", {
                        date: f.date(dueOn),
                      })
                    : t("none")}
              </Tag>
            </div>
            <ItemEvidence
              subject={subject}
              name={name}
              pieces={pieces}
              evidence={takesPapers ? evidence : { ...evidence, adds: false }}
              uploads={uploads}
            />
          </li>
        ))}
      </ul>
      {takesPapers && (
        <details open={refused !== null} className="print:hidden">
          <summary className="flex min-h-target cursor-pointer items-center font-semibold text-accent">
            {t("case.tickTitle")}
          </summary>
          <TickForm model={model} refused={refused} />
        </details>
      )}
    </Card>
  );
}

/** Photos of the visit at home: one tap to the camera, nothing to type. */
export function PhotosCard({ model }: { model: CaseModel }) {
  const { t } = useTranslation(["assistance"]);
  const { evidence } = model;
  const uploads = useUploads({ ...evidence, subjects: [evidence.subject] });
  const takes = evidence.adds && evidence.open;
  if (evidence.pieces.length === 0 && !takes) return null;
  return (
    <Card id="photos" title={t("case.photos")}>
      {takes && model.takesPapers && !model.type.payFirst && (
        <p className="m-0 mb-3 text-ink-3">{t("case.photosHint")}</p>
      )}
      <ItemEvidence
        subject={evidence.subject}
        name={t("case.photos")}
        pieces={evidence.pieces}
        evidence={evidence}
        uploads={uploads}
      />
    </Card>
  );
}

function TickForm({ model, refused }: { model: CaseModel; refused: Refused | null }) {
  const { t } = useTranslation(["assistance"]);
  const { case: row, materials, today } = model;
  const promised = materials.find(({ dueOn }) => dueOn !== null)?.dueOn ?? "";
  const missingBy = fieldOf(refused, "missingBy", promised);
  return (
    <Form method="post" action="?index" className="grid gap-3" noValidate>
      <FormErrors
        refused={refused}
        fields={{ missingBy: { label: t("field.missingBy"), id: "missingBy" } }}
      />
      <input type="hidden" name="version" value={row.version} />
      <div>
        {materials.map(({ code, name, receivedOn }) => (
          <Checkbox
            key={code}
            name="received"
            value={code}
            label={name}
            defaultChecked={checkedOf(refused, "received", code, receivedOn !== null)}
          />
        ))}
      </div>
      <Field
        id="missingBy"
        label={t("field.missingBy")}
        hint={t("field.missingByHint")}
        error={missingBy.error}
        className="max-w-xs"
      >
        {(control) => (
          <DateInput {...control} name="missingBy" min={today} defaultValue={missingBy.defaultValue} />
        )}
      </Field>
      <div>
        <SubmitButton intent="materials" tone="plain">
          {t("case.tick")}
        </SubmitButton>
      </div>
    </Form>
  );
}

function toneOf(receivedOn: string | null, dueOn: string | null, today: string): Tone {
  if (receivedOn) return "good";
  return caseDaysOver(dueOn, today) > 0 ? "bad" : "warn";
}

const STORY_TONES: Partial<Record<CaseState, Tone>> = {
  refused: "bad",
  upheld: "bad",
  withdrawn: "mute",
  closed: "good",
  payment: "good",
};

/** What happened to a case: who, when, what they said, how long it had waited. */
export function StoryCard({ model }: { model: CaseModel }) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  return (
    <Card title={t("case.story")}>
      <Timeline
        events={[...model.events].reverse().map((event) => ({
          id: event.id,
          tone: STORY_TONES[event.toState] ?? "info",
          title: t(
            event.action === "verify" && event.toState === "review"
              ? "action.second"
              : `action.${event.action}`,
          ),
          when: f.dateTime(event.at),
          who: (
            <>
              <Entered>{event.byStationName}</Entered> <Entered>{event.byName}</Entered>
            </>
          ),
          detail: (
            <>
              {event.text && (
                <p className="m-0 whitespace-pre-line [overflow-wrap:anywhere]">
                  <Entered>{event.text}</Entered>
                </p>
              )}
              {event.amount !== null && (
                <p className="m-0">{t("case.money", { amount: f.money(event.amount) })}</p>
              )}
              {event.waited > 0 && (
                <p className="m-0 text-sm text-ink-3">{t("case.waited", { count: event.waited })}</p>
              )}
            </>
          ),
        }))}
      />
    </Card>
  );
}

/** Other cases of the same human being, which may stand elsewhere. */
export function OthersCard({ model }: { model: CaseModel }) {
  const { t } = useTranslation(["assistance"]);
  if (model.others.length === 0) return null;
  return (
    <Card
      title={t("case.others")}
      aside={
        <Link
          to={`/assistance?person=${model.case.recordId}`}
          className="inline-flex min-h-target items-center"
        >
          {t("list.of", { name: model.case.personName })}
        </Link>
      }
    >
      <OtherCases cases={model.others} types={model.named} />
    </Card>
  );
}
