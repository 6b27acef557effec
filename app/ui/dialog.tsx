import { Form, useNavigation } from "@remix-run/react";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { X } from "~/ui/icons";
import { Button, buttonStyle, SubmitButton } from "./button";

export interface DialogProps {
  /** The button that opens it. */
  trigger: ReactNode;
  tone?: "plain" | "primary" | "danger" | "quiet";
  size?: "normal" | "small" | "large";
  /** The page that shows the same question, for browsers without scripts or dialogs. */
  fallback: string;
  title: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** A question over the page, in the browser's own dialog: it keeps the focus, Escape closes it. */
export function Dialog({ trigger, tone, size, fallback, title, children }: DialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  const close = () => box.current?.close();
  const navigation = useNavigation();
  // Drawn at the end of the page: its form must not stand inside the form or table around the button.
  const [end, setEnd] = useState<HTMLElement | null>(null);
  useEffect(() => setEnd(document.body), []);
  useEffect(() => {
    // The answer has come and the page has changed: the question is settled.
    if (navigation.state === "loading") box.current?.close();
  }, [navigation.state]);
  const open = (event: MouseEvent) => {
    if (!box.current?.showModal || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    box.current.showModal();
  };
  return (
    <>
      <a href={fallback} onClick={open} className={buttonStyle({ tone, size })} aria-haspopup="dialog">
        {trigger}
      </a>
      {end &&
        createPortal(
          <dialog
            ref={box}
            aria-labelledby={id}
            className="m-auto w-full max-w-lg rounded-lg bg-surface shadow-pop"
          >
            <header className="flex items-center gap-2 border-b border-line py-2 pl-4 pr-2">
              <h2 id={id} className="m-0 flex-1 text-md">
                {title}
              </h2>
              <Button
                tone="quiet"
                size="small"
                onClick={close}
                aria-label={t("close")}
                className="min-w-target"
              >
                <X aria-hidden className="size-icon" />
              </Button>
            </header>
            <div className="p-4">{children(close)}</div>
          </dialog>,
          end,
        )}
    </>
  );
}

export interface ConfirmProps {
  title: ReactNode;
  /** What will happen, and to what. */
  body: ReactNode;
  confirm: string;
  /** Where the form goes; by default the page itself. */
  action?: string;
  intent?: string;
  danger?: boolean;
  /** Fields that travel along: hidden ones, or a reason to fill in. */
  children?: ReactNode;
}

function ConfirmForm({
  body,
  confirm,
  action,
  intent,
  danger,
  children,
  cancel,
}: ConfirmProps & { cancel: ReactNode }) {
  return (
    <Form method="post" action={action} className="grid gap-3">
      <div>{body}</div>
      {children}
      <div className="flex flex-wrap justify-end gap-2">
        {cancel}
        <SubmitButton intent={intent} tone={danger ? "danger" : "primary"}>
          {confirm}
        </SubmitButton>
      </div>
    </Form>
  );
}

/** Asks before something is done. `fallback` is a page that asks the same. */
export function ConfirmDialog({
  trigger,
  tone,
  size,
  fallback,
  ...confirm
}: ConfirmProps & Pick<DialogProps, "trigger" | "tone" | "size" | "fallback">) {
  const { t } = useTranslation();
  return (
    <Dialog trigger={trigger} tone={tone} size={size} fallback={fallback} title={confirm.title}>
      {(close) => <ConfirmForm {...confirm} cancel={<Button onClick={close}>{t("cancel")}</Button>} />}
    </Dialog>
  );
}
