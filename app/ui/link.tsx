import {
  Link as FrameworkLink,
  NavLink as FrameworkNavLink,
  type LinkProps,
  type NavLinkProps,
  useLocation,
} from "@remix-run/react";
import type { AnchorHTMLAttributes, ReactNode } from "react";

export type { LinkProps };

/**
 * A link to another page, as the framework's. On the server it is drawn as the plain element it becomes there: nobody
 * clicks or hovers a text, and the frame's forty links took a tenth of a page's time to find that out.
 */
export function Link(props: LinkProps): ReactNode {
  if (!import.meta.env.SSR || !isAddress(props.to)) return <FrameworkLink {...props} />;
  return <a {...elementOf(props)} href={props.to} />;
}

/** The framework's link that knows whether it leads to where one is; plain on the server as `Link`. */
export function NavLink(props: NavLinkProps): ReactNode {
  if (!import.meta.env.SSR || !isAddress(props.to)) return <FrameworkNavLink {...props} />;
  return <PlainNavLink {...props} to={props.to} />;
}

function PlainNavLink({
  to,
  end = false,
  className,
  style,
  children,
  "aria-current": current = "page",
  caseSensitive: _,
  ...rest
}: NavLinkProps & { to: string }) {
  const isActive = leadsTo(to, useLocation().pathname, end);
  const state = { isActive, isPending: false, isTransitioning: false };
  return (
    <a
      {...elementOf(rest)}
      href={to}
      aria-current={isActive ? current : undefined}
      className={
        typeof className === "function"
          ? className(state)
          : [className, isActive && "active"].filter(Boolean).join(" ")
      }
      style={typeof style === "function" ? style(state) : style}
    >
      {typeof children === "function" ? children(state) : children}
    </a>
  );
}

/** Whether the address at hand is this one or, unless it has to end there, lies below it. */
function leadsTo(to: string, here: string, end: boolean): boolean {
  const [path = "/"] = to.toLowerCase().split(/[?#]/, 1);
  const at = here.toLowerCase();
  const length = path !== "/" && path.endsWith("/") ? path.length - 1 : path.length;
  return at === path || (!end && at.startsWith(path) && at.charAt(length) === "/");
}

/** Written out in full, so that nothing about the page at hand is needed to know where it leads. */
function isAddress(to: LinkProps["to"]): to is string {
  return typeof to === "string" && to.startsWith("/") && !to.startsWith("//");
}

/** What is left of a link's properties once the framework's own are taken out. */
function elementOf({
  to: _to,
  prefetch: _prefetch,
  discover = "render",
  reloadDocument,
  replace: _replace,
  state: _state,
  preventScrollReset: _scroll,
  relative: _relative,
  viewTransition: _view,
  ...element
}: Partial<LinkProps>): AnchorHTMLAttributes<HTMLAnchorElement> & { "data-discover"?: "true" } {
  return discover === "render" && !reloadDocument ? { ...element, "data-discover": "true" } : element;
}
