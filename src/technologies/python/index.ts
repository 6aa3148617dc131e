import type { Technology } from '../technology.js';

/** Plain Python, whatever the framework: files are only the sign that there is some, nothing parses them for this. */
export const technology: Technology = {
  id: 'python',
  title: 'Python',
  reads: [
    {
      language: 'python',
      paths: ['*.py'],
      mentions: /\brequest\b|View|Middleware|Consumer|@\w+\.(?:route|get|post|websocket)\b/,
    },
    {
      language: 'python',
      paths: ['requirements*.txt', 'requirements*.lock', 'requirements/*.txt', 'pyproject.toml', 'Pipfile', 'setup.py'],
    },
  ],
};
