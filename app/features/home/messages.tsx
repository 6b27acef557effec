import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { cx } from "~/ui/cx";
import { SIGNS, Tag } from "~/ui/tag";
import type { MessageLine } from "./model";

/** What was said to the station; unread ones are bold and can be marked. */
export function Messages({ messages, unread }: { messages: readonly MessageLine[]; unread: number }) {
  const { t } = useTranslation(["home"]);
  return (
    <Card
      title={t("messages.title")}
      id="messages"
      flush
      aside={
        unread > 0 && (
          <>
            <Tag tone="info">{t("messages.unread", { count: unread })}</Tag>
            <Form method="post" action="/?index">
              <Button type="submit" name="message" value="all" size="small" tone="quiet">
                {t("messages.readAll")}
              </Button>
            </Form>
          </>
        )
      }
    >
      {messages.length === 0 ? (
        <p className="m-0 px-4 pb-4 text-ink-3">{t("messages.noneText")}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {messages.map((message) => (
            <Line key={message.id} message={message} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ message }: { message: MessageLine }) {
  const { t } = useTranslation(["home"]);
  const words = (
    <>
      <span className={cx("block", message.unread && "font-semibold")}>
        <span aria-hidden className="mr-1.5 text-sm">
          {SIGNS[message.tone]}
        </span>
        {message.title}
      </span>
      <span className="block text-sm text-ink-3">{message.note}</span>
    </>
  );
  return (
    <li className="flex items-center gap-2 border-t border-line pr-3">
      {message.to ? (
        <Link
          to={message.to}
          className="block min-w-0 flex-1 py-2.5 pl-4 text-ink no-underline hover:bg-accent-soft"
        >
          {words}
        </Link>
      ) : (
        <div className="min-w-0 flex-1 py-2.5 pl-4">{words}</div>
      )}
      {message.unread && (
        <Form method="post" action="/?index" preventScrollReset>
          <Button
            type="submit"
            name="message"
            value={message.id}
            size="small"
            tone="quiet"
            aria-label={t("messages.readOne", { title: message.title })}
          >
            {t("messages.read")}
          </Button>
        </Form>
      )}
    </li>
  );
}
