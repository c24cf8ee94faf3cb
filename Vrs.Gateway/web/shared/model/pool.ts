// Signed languages by ISO 639-3; browsers know no names for them.
const signed: Record<string, string> = {
  ase: 'American Sign Language',
  asf: 'Auslan',
  bfi: 'British Sign Language',
  fcs: 'Quebec Sign Language',
  fsl: 'French Sign Language',
  gsg: 'German Sign Language',
};

const spoken = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

function languageName(code: string): string {
  try {
    return signed[code] ?? spoken.of(code) ?? code;
  } catch {
    // Not a language code: operators may name pools as they like.
    return code;
  }
}

/** The two languages of a pool such as `ase+en` in words. */
export const poolWords = (pool: string) => pool.split('+').map(languageName).join(' – ');
