import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { Check, Copy } from "~/ui/icons";
import { TextInput } from "~/ui/input";
import { Notice } from "~/ui/notice";

/** A secret that is shown this once, with a button that copies it where scripts may. */
export function OnceShown({ title, note, text }: { title: string; note: string; text: string }) {
  const { t } = useTranslation(["settings"]);
  const [able, setAble] = useState(false);
  const [copied, setCopied] = useState(false);
  // Only secure pages have a clipboard; elsewhere the text is selected and copied by hand.
  useEffect(() => setAble(typeof navigator.clipboard?.writeText === "function"), []);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Notice tone="good" title={title} className="mb-4">
      <p className="m-0 mb-2">{note}</p>
      <div className="flex flex-wrap gap-2">
        <TextInput
          readOnly
          value={text}
          aria-label={title}
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-1 basis-64 font-mono"
        />
        {able && (
          <Button
            onClick={copy}
            icon={
              copied ? (
                <Check aria-hidden className="size-icon" />
              ) : (
                <Copy aria-hidden className="size-icon" />
              )
            }
          >
            <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
          </Button>
        )}
      </div>
    </Notice>
  );
}
