import { useRouteLoaderData } from "@remix-run/react";

interface Frame {
  elder?: boolean;
  demo?: boolean;
}

/** True in large print. */
export function useElder(): boolean {
  return (useRouteLoaderData("root") as Frame | undefined)?.elder ?? false;
}

/** True where people and figures are invented. */
export function useOnDemo(): boolean {
  return (useRouteLoaderData("root") as Frame | undefined)?.demo ?? false;
}
