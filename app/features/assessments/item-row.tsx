import type { ItemValue, ItemVerdict, Stage } from "@muster/domain/assessment";
import type { Subject } from "@muster/domain/evidence";
import type { Level } from "@muster/domain/station";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Checkbox, RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, fieldOf, type Refused } from "~/ui/form";
import { NumberInput, TextInput } from "~/ui/input";
import { Tag, type Tone } from "~/ui/tag";
import { usePageTranslate } from "~/ui/use-page";
import { ItemEvidence, type Uploads } from "./item-evidence";
import { askedOf, fieldsOf, type ItemLine, type ItemsEvidence, valueInWords } from "./model";

const TONES: Record<ItemVerdict, Tone> = {
  passed: "good",
  failed: "bad",
  missing: "mute",
  not_applicable: "info",
};

interface Props {
  line: ItemLine;
  level: Level;
  verdict: ItemVerdict;
  /** The side that writes here; null where the page only shows. */
  stage: Stage | null;
  start: ItemValue;
  refused: Refused | null;
  /** The item as the subject of evidence. */
  subject: Subject;
  evidence: ItemsEvidence;
  uploads: Uploads;
}

/** One item: what it asks, what each side said, and the field of the side that is writing. */
export function ItemRow({ line, level, verdict, stage, start, refused, subject, evidence, uploads }: Props) {
  const t = usePageTranslate();
  const { item, said, measured, byHand } = line;
  const locale = useLocale();
  const f = useFormat();
  const shown = said.filter((each) => each.stage !== stage);
  const heading = (
    <span className="font-semibold">
      <span className="mr-1.5 font-normal text-ink-3">{item.code}</span>
      {localized(item.name, locale)}
    </span>
  );
  return (
    <li
      id={`item-${item.code}`}
      className="grid grid-cols-1 gap-x-6 gap-y-2 border-t border-line px-4 py-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
    >
      <div className="grid content-start gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {stage === null && heading}
          <span className="text-sm text-ink-2">
            {askedOf(item, level, t)} · {t("standards:points", { count: item.points, points: item.points })}
          </span>
          {item.mandatory && (
            <Tag tone="warn" plain>
              {t("standards:mandatory")}
            </Tag>
          )}
          <Tag tone={TONES[verdict]}>{t(`standards:verdict.${verdict}`)}</Tag>
        </div>
        {measured && <Measured measured={measured} />}
        {byHand && <span className="text-sm text-ink-2">{byHand}</span>}
        {shown.map((each) => (
          <p key={each.stage} className="m-0 text-sm text-ink-2">
            {t("standards:said", {
              stage: t(`standards:stage.${each.stage}`),
              value: valueInWords(item.kind, each, t),
            })}
            <span className="text-ink-3">
              {" · "}
              <span lang="zh-CN">{each.byName}</span> {f.dateTime(each.at)}
            </span>
            {each.remark && (
              <span className="block text-ink-3" lang="zh-CN">
                {each.remark}
              </span>
            )}
          </p>
        ))}
        <ItemEvidence
          subject={subject}
          name={localized(item.name, locale)}
          pieces={line.pieces}
          evidence={evidence}
          uploads={uploads}
        />
      </div>
      {stage !== null && (
        <Answer line={line} stage={stage} start={start} refused={refused} heading={heading} />
      )}
    </li>
  );
}

function Measured({ measured }: { measured: NonNullable<ItemLine["measured"]> }) {
  const { label, to, records } = measured;
  if (to === null) return <span className="text-sm text-ink-2">{label}</span>;
  const link = "inline-flex min-h-target items-center text-sm";
  return (
    <span className="flex flex-wrap gap-x-4">
      <Link to={to} className={link}>
        {label}
      </Link>
      {records && (
        <Link to={records.to} className={link}>
          {records.label}
        </Link>
      )}
    </span>
  );
}

function Answer({
  line: { item },
  stage,
  start,
  refused,
  heading,
}: Pick<Props, "line" | "start" | "refused"> & { stage: Stage; heading: ReactNode }) {
  const { t } = useTranslation(["standards"]);
  const name = fieldsOf(item.code);
  const yesOrNo = item.kind === "boolean" || item.kind === "evidence";
  const value = fieldOf(refused, name.value, start.value === null ? "" : String(start.value));
  const remark = fieldOf(refused, name.remark, start.remark);
  const same = t(stage === "spot" ? "agreeChecked" : "agree");
  return (
    <div className="order-first grid content-start gap-1.5">
      {yesOrNo ? (
        <RadioGroup
          name={name.value}
          legend={heading}
          defaultValue={value.defaultValue}
          error={value.error}
          options={[
            ...(stage === "self" ? [] : [{ value: "", label: same }]),
            { value: "1", label: t("yes") },
            { value: "0", label: t("no") },
          ]}
        />
      ) : (
        <Field label={heading} error={value.error} id={name.value}>
          {(control) => (
            <span className="flex items-center gap-2">
              <NumberInput
                {...control}
                name={name.value}
                inputMode="decimal"
                maxLength={14}
                className="max-w-40"
                placeholder={stage === "self" ? undefined : same}
                defaultValue={value.defaultValue}
              />
              {item.kind === "percent" && <span aria-hidden>%</span>}
            </span>
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-x-4">
        <Checkbox
          name={name.none}
          label={t("notApplicable")}
          defaultChecked={checkedOf(refused, name.none, "on", start.notApplicable)}
        />
        <Field
          label={t("remark")}
          error={remark.error}
          id={name.remark}
          hideLabel
          className="min-w-40 flex-1"
        >
          {(control) => (
            <TextInput
              {...control}
              name={name.remark}
              maxLength={300}
              placeholder={t("remark")}
              defaultValue={remark.defaultValue}
            />
          )}
        </Field>
      </div>
    </div>
  );
}
