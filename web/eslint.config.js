import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Forbids imports between folders (docs/ARCHITECTURE.md). */
const mayNot = (files, patterns, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
});

export default tseslint.config(
  { ignores: ['dist', 'target', 'node_modules', 'test-results', 'e2e/youtube-stand-in.js', 'e2e/stand-ins/*.js', 'public/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn'] }],
    },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is performance.now() and the server clock.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text stays text.' },
        { selector: 'MemberExpression[property.name="innerHTML"]', message: 'Text stays text.' },
      ],
    },
  },
  mayNot(
    ['src/clock/**', 'src/playback/**'],
    ['**/ui/**', '**/app/**', '**/net/**', 'socket.io-client'],
    'Pure: knows no line and no screen.',
  ),
  mayNot(
    ['src/ui/**'],
    ['**/net/**', 'socket.io-client', '**/playback/**', '**/media/**'],
    'Components know the app, not the line or the player.',
  ),
  mayNot(
    ['src/subtitles/**'],
    ['**/ui/**', '**/app/**', '**/net/**', '**/media/**'],
    'Reads texts: knows no player and no screen.',
  ),
  mayNot(['src/protocol/**'], ['**/ui/**', '**/app/**', '**/net/**', '**/room/**', '**/chat/**'], 'The words know nobody.'),
  {
    files: ['scripts/**', 'e2e/**', '*.config.*'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
