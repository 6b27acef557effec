/**
 * A run of digits that is somebody's: a mobile phone (11 digits), an ID number (17 and a check sign) or a bank account
 * (16 to 19), also with blanks between groups and in full-width digits. Letters at either side make it part of something else: a key,
 * a digest.
 */
const PRIVATE =
  /(?<![\p{L}\d]|[\p{L}\d]-)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{6} ?\d{8} ?\d{3}[\dXx]|\d{4} ?\d{4} ?\d{4} ?\d{4,7})(?![\p{L}\d]|-[\p{L}\d])/u;
const HAN = /\p{Script=Han}/gu;

/** Whether a text holds an ID number, a mobile phone or a bank account: what stands in fields of its own alone. */
export function holdsPrivateNumber(text: string): boolean {
  // "电话138..." is a telephone: signs of Chinese end no number.
  return PRIVATE.test(text.normalize("NFKC").replace(HAN, " "));
}
