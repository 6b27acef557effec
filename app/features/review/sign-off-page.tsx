import type { Period } from "@muster/domain/period";
import type { Bucket } from "@muster/domain/queue";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Meter } from "~/ui/meter";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { OpenLine } from "./model";
import { ExcusedList, OpenStations } from "./open-stations";

export interface SignOffMonth {
  period: Period;
  sentence: string;
  piles: Record<Bucket, number>;
  total: number;
  open: OpenLine[];
  done: { by: string; at: string; excused: { stationId: number; name: string; reason: string }[] } | null;
  locked: boolean;
  may: { signOff: boolean; withdraw: boolean };
}

/** What a sign-off says, what is still open, and the confirmation; once done, how it can be taken back. */
export function SignOffPage({ month, refused }: { month: SignOffMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const period = format.period(month.period);
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        title={t("signOff.title", { period })}
        note={t("signOff.what")}
        tag={
          month.locked ? (
            <Tag tone="mute">{t("month.locked")}</Tag>
          ) : (
            month.done && <Tag tone="good">{t("month.signedOff")}</Tag>
          )
        }
      >
        <LinkButton to={queueHref(month.period)}>{t("head.back")}</LinkButton>
      </PageHeader>
      <FormErrors refused={refused} />
      <Card className="my-3">
        <PilesMeter month={month} />
      </Card>
      {month.done ? <Signed month={month} refused={refused} /> : <ToSign month={month} refused={refused} />}
    </div>
  );
}

/** How the month stands, as a bar and in words. */
export function PilesMeter({ month }: { month: Pick<SignOffMonth, "piles" | "total" | "sentence"> }) {
  return (
    <>
      <Meter
        label={month.sentence}
        total={month.total}
        segments={[
          { id: "accepted", value: month.piles.accepted, shade: "s1" },
          { id: "waiting", value: month.piles.waiting, shade: "s3" },
          { id: "returned", value: month.piles.returned, shade: "s2" },
        ]}
      />
      <p className="m-0 mt-1.5">{month.sentence}</p>
    </>
  );
}

function ToSign({ month, refused }: { month: SignOffMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const ready = month.open.length === 0;
  return (
    <Form method="post">
      <input type="hidden" name="period" value={month.period} />
      <Card
        title={ready ? t("signOff.openNone") : t("signOff.openTitle", { count: month.open.length })}
        flush
        footer={
          month.may.signOff ? (
            <>
              <span className="min-w-0 flex-1" />
              <SubmitButton intent="sign" size="large">
                {t("signOff.confirm")}
              </SubmitButton>
            </>
          ) : (
            t("signOff.onlyHead")
          )
        }
      >
        {!ready && (
          <>
            <p className="m-0 px-4 pb-3 text-ink-2">{t("signOff.openText")}</p>
            <OpenStations
              lines={month.open}
              refused={refused}
              hrefOf={(stationId) => reportHref(stationId, month.period)}
            />
          </>
        )}
      </Card>
    </Form>
  );
}

function Signed({ month, refused }: { month: SignOffMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  if (!month.done) return null;
  return (
    <>
      <Notice tone="good" className="mb-3">
        {t("signOff.by", { name: month.done.by, at: format.dateTime(month.done.at) })}
      </Notice>
      <Card title={t("signOff.excused")} className="mb-3">
        <ExcusedList lines={month.done.excused} />
      </Card>
      {month.locked ? (
        <Notice tone="info">{t("signOff.lockedBy")}</Notice>
      ) : (
        month.may.withdraw && (
          <Card title={t("signOff.withdrawTitle")}>
            <Form method="post" className="grid max-w-xl gap-3">
              <input type="hidden" name="period" value={month.period} />
              <Field
                label={t("signOff.withdrawReason")}
                hint={t("signOff.withdrawHint")}
                error={fieldOf(refused, "reason").error}
                required
              >
                {(control) => (
                  <TextInput
                    {...control}
                    name="reason"
                    maxLength={200}
                    defaultValue={fieldOf(refused, "reason").defaultValue}
                  />
                )}
              </Field>
              <div>
                <SubmitButton intent="withdraw" tone="danger">
                  {t("signOff.withdraw")}
                </SubmitButton>
              </div>
            </Form>
          </Card>
        )
      )}
    </>
  );
}
