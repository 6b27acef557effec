import { useTranslation } from "react-i18next";
import { Tabs } from "~/ui/tabs";

/** The three views of the register. */
export function VisitsTabs({ due }: { due?: number }) {
  const { t } = useTranslation(["visits"]);
  return (
    <Tabs
      label={t("tab.label")}
      items={[
        { to: "/visits", label: t("tab.list"), end: true },
        { to: "/visits/due", label: t("tab.due"), ...(due === undefined ? {} : { count: due }) },
        { to: "/visits/plans", label: t("tab.plans") },
      ]}
    />
  );
}
