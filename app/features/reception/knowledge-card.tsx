import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Tag } from "~/ui/tag";
import { Entered } from "../staff/entered";

interface Line {
  id: string;
  version: number;
  question: string;
  answer: string;
  topicName: string;
  stationName: string;
  publishedOn: string;
  /** Published by the reader's own station, which may take it back. */
  mine: boolean;
}

/** A published answer: for whoever keeps a counter log, one touch enters it as given. */
export function KnowledgeCard({ line, logs }: { line: Line; logs: boolean }) {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  return (
    <Card title={<Entered>{line.question}</Entered>}>
      <p className="m-0 whitespace-pre-line [overflow-wrap:anywhere]">
        <Entered>{line.answer}</Entered>
      </p>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2 text-sm text-ink-3">
        <span className="flex flex-wrap items-center gap-x-2">
          <Tag plain long>
            {line.topicName}
          </Tag>
          <span>
            <Entered>{line.stationName}</Entered> · {f.date(line.publishedOn)}
          </span>
        </span>
        {logs && (
          <LinkButton to={`/reception/new?knowledge=${line.id}`} size="small">
            {t("knowledge.use")}
            <span className="sr-only">
              ：<Entered>{line.question}</Entered>
            </span>
          </LinkButton>
        )}
        {line.mine && (
          <Form method="post">
            <input type="hidden" name="id" value={line.id} />
            <input type="hidden" name="version" value={line.version} />
            <SubmitButton
              intent="withdraw"
              tone="quiet"
              size="small"
              aria-label={t("knowledge.withdrawNamed", { name: line.question })}
            >
              {t("knowledge.withdraw")}
            </SubmitButton>
          </Form>
        )}
      </div>
    </Card>
  );
}
