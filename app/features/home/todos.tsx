import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Tag } from "~/ui/tag";
import type { TodoLine } from "./model";

/** What is to be done, the most urgent first. Nothing at all is said once, unless the card above already asks. */
export function Todos({ todos, owed }: { todos: readonly TodoLine[]; owed: boolean }) {
  const { t } = useTranslation(["home"]);
  if (todos.length === 0 && owed) return null;
  return (
    <Card title={todos.length > 0 ? t("todo.count", { count: todos.length }) : t("todo.title")} flush>
      {todos.length === 0 ? (
        <EmptyState title={t("todo.none")}>{t("todo.noneText")}</EmptyState>
      ) : (
        <ul className="m-0 list-none p-0">
          {todos.map((todo) => (
            <li key={todo.id}>
              <Link
                to={todo.to}
                className="flex min-h-14 items-center gap-3 border-t border-line px-4 py-2.5 text-ink no-underline hover:bg-accent-soft"
              >
                <Tag tone={todo.tone} className="flex-none">
                  {todo.word}
                </Tag>
                <span className="min-w-0 flex-1">
                  <b className="block font-semibold">{todo.title}</b>
                  <span className="block text-sm text-ink-3">{todo.note}</span>
                </span>
                <span aria-hidden className="flex-none text-lg text-ink-3">
                  ›
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
