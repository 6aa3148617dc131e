import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'uvicorn',
  title: 'Uvicorn',
  // A program may start it itself.
  reads: [{ language: 'python', paths: ['*.py'], mentions: /\buvicorn\.|\bfrom uvicorn\b/ }],
  // The commands `run` and `dev` of FastAPI start Uvicorn.
  runs: [
    { programs: /^uvicorn$/, role: 'web' },
    { programs: /^fastapi$/, arguments: /^(?:run|dev)\b/, role: 'web' },
  ],
};
