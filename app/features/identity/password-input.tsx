import { type InputHTMLAttributes, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Eye, EyeOff } from "~/ui/icons";
import { TextInput } from "~/ui/input";

/** A password, with a button that shows it where scripts run: on a phone it is easily mistyped. */
export function PasswordInput(props: Omit<InputHTMLAttributes<HTMLInputElement>, "type">) {
  const { t } = useTranslation(["login"]);
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => setReady(true), []);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextInput
        {...props}
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={ready ? "pr-12" : undefined}
      />
      {ready && (
        <button
          type="button"
          onClick={() => setShown(!shown)}
          aria-pressed={shown}
          aria-label={t("password.show")}
          className="absolute inset-y-0 right-0 grid min-w-target place-items-center rounded text-ink-3 hover:text-accent"
        >
          <Icon aria-hidden className="size-icon" />
        </button>
      )}
    </div>
  );
}
