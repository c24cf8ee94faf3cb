// What counts as a secret here: what is one everywhere (secretlint's recommended rules), and the secrets of this
// service.
import { creator as pattern } from '@secretlint/secretlint-rule-pattern';
import { rules as recommended } from '@secretlint/secretlint-rule-preset-recommend';

// A value with letters and digits, as generated ones have; placeholders between @ or < > and words are no secrets.
const generated = '(?=[\\w+/=.~-]*\\d)(?=[\\w+/=.~-]*[a-zA-Z])[\\w+/=.~-]{16,}';

const ours = [
  ['token signing key', `/Gateway(?::|__)SigningKey["']?\\s*[=:,]\\s*["']?${generated}/`],
  ['signing key in settings', `/"SigningKey"\\s*:\\s*"${generated}"/`],
  ['TURN secret', `/(?:static-auth-secret\\s*=|Turn(?::|__)Secret["']?\\s*[=:,])\\s*["']?${generated}/`],
  ['TURN secret in settings', `/"Secret"\\s*:\\s*"${generated}"/`],
  ['database password', `/\\bHost=[^;"'\\s]+;[^"'\\n]*\\bPassword=(?!\\{)[^;"'\\s]{12,}/i`],
  ['environment password', `/\\b[A-Z_]*PASSWORD\\s*[=:]\\s*["']?${generated}/`],
  ['JSON Web Token', '/\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{20,}/'],
  ['password hash of an account', '/\\bAQAAAA[EI]AA[\\w+/]{50,}={0,2}/'],
];

/** The configuration of secretlint. Comments in a file can't switch a rule off: what is accepted is in accepted.mjs. */
export const config = {
  rules: [
    ...recommended
      .filter((rule) => rule.meta.id !== '@secretlint/secretlint-rule-filter-comments')
      .map((rule) => ({ id: rule.meta.id, rule })),
    {
      id: '@secretlint/secretlint-rule-pattern',
      rule: pattern,
      options: { patterns: ours.map(([name, expression]) => ({ name, patterns: [expression] })) },
    },
  ],
};
