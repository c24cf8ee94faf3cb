/** What looks like a secret and is none: where, the beginning of what was found, and why it is none. */
export const accepted = [];
