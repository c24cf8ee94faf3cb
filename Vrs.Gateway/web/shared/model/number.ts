/** What a person typed or pasted, as an E.164 number; null when it cannot be one. */
export function normalizeNumber(text: string): string | null {
  const international = /^\s*\+/.test(text);
  const digits = text.replace(/\D/g, '');
  if (international) {
    return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
  }
  // Emergency numbers, the test of them, and services of three digits keep their form.
  if (/^([2-9]11|112|933)$/.test(digits)) {
    return digits;
  }
  if (/^[2-9]\d{9}$/.test(digits)) {
    return `+1${digits}`;
  }
  if (/^1[2-9]\d{9}$/.test(digits)) {
    return `+${digits}`;
  }
  // Demo numbers are one digit short of a ten-digit number, and are dialed with their country code.
  return /^1\d{7,14}$/.test(digits) ? `+${digits}` : null;
}

/** A number as people write it: +1 555-010-1234. */
export function formatNumber(number: string): string {
  const north = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (north !== null) {
    return `+1 ${north.slice(1).join('-')}`;
  }
  const short = /^\+1(\d{3})(\d{4,6})$/.exec(number);
  return short === null ? number : `+1 ${short.slice(1).join('-')}`;
}

/** Whether a pasted or typed character may stand in a number; everything else is dropped while typing. */
export const cleanInput = (text: string) => text.replace(/[^\d+*#()\-. ]/g, '').slice(0, 24);

export const numberHint = 'Enter a ten-digit number, or + and the country code.';
