/** Longest username, in code points. */
export const LONGEST_USERNAME = 40;

const USERNAME = /^[a-z0-9\p{Script=Han}][a-z0-9\p{Script=Han}._-]{1,39}$/u;

/**
 * A username as it is stored and compared: full-width forms folded (a Chinese keyboard types them), lower case,
 * no blanks around it.
 */
export function usernameOf(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** Letters, digits, Chinese characters, dot, hyphen and underscore; 2 to 40 of them. Takes the stored form. */
export function isUsername(username: string): boolean {
  return USERNAME.test(username);
}
