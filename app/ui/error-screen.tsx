import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "./error-state";

interface Report {
  status: number;
  message: string;
  next: string;
  reference: string;
}

function isReport(data: unknown): data is Report {
  return typeof data === "object" && data !== null && "message" in data && "next" in data;
}

const TITLES = [
  "400",
  "401",
  "403",
  "404",
  "405",
  "409",
  "410",
  "413",
  "415",
  "422",
  "429",
  "500",
  "503",
] as const;

/** The error of the route around it, drawn: what happened, what to do now, the reference. */
export function ErrorScreen() {
  const { t } = useTranslation(["errors"]);
  const error = useRouteError();
  const offline = error instanceof TypeError && typeof navigator !== "undefined" && !navigator.onLine;
  const status = offline ? 0 : isRouteErrorResponse(error) ? error.status : 500;
  const report = isRouteErrorResponse(error) && isReport(error.data) ? error.data : null;
  const kind = offline ? "offline" : status === 404 ? "notFound" : status < 500 ? "badRequest" : "unexpected";
  const known = TITLES.find((title) => title === String(status)) ?? (status < 500 ? "400" : "500");
  return (
    <ErrorState
      kind={offline ? "offline" : known}
      title={t(offline ? "title.offline" : `title.${known}`)}
      message={report?.message ?? t(`${kind}.message`)}
      next={report?.next ?? t(`${kind}.next`)}
      reference={report?.reference}
    />
  );
}
