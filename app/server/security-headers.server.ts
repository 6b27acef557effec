import { env } from "./env.server";

/** Headers of every answer. Scripts run only with this request's nonce; nothing may frame us. */
export function securityHeaders(nonce: string): Record<string, string> {
  const { publicOrigin, production } = env();
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Bars and meters carry their width in a style attribute; hot reload injects style elements.
    production ? "style-src 'self'; style-src-attr 'unsafe-inline'" : "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    production ? "connect-src 'self'" : "connect-src 'self' ws:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Not "no-referrer": browsers then send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    ...(publicOrigin.startsWith("https:")
      ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" }
      : {}),
  };
}
