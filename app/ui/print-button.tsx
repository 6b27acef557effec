import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Printer } from "~/ui/icons";
import { Button } from "./button";

/** Opens the browser's print dialog; without a script the browser's own menu does, and there is no button. */
export function PrintButton() {
  const { t } = useTranslation();
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  if (!live) return null;
  return (
    <Button onClick={() => window.print()} icon={<Printer aria-hidden className="size-icon" />}>
      {t("print")}
    </Button>
  );
}
