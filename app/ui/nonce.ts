import { createContext, useContext } from "react";

/** The request's nonce for inline scripts; empty in the browser, which hides it anyway. */
export const Nonce = createContext("");

export function useNonce(): string {
  return useContext(Nonce);
}
