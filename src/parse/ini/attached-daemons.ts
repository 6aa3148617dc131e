import type { Setting, Settings } from './settings.js';

/** uWSGI keeps programs running beside its workers: https://uwsgi-docs.readthedocs.io/en/latest/AttachingDaemons.html */
export const ATTACHING_PROGRAM = 'uwsgi';

const ATTACHES = /^(?:smart-|legion-)?attach-daemon2?$/;

/** `attach-daemon = celery -A shop beat`: what a section of its file attaches, as the command that is run. */
export function attachedDaemons({ sections }: Settings, section: string): { setting: Setting; command: string }[] {
  return sections
    .filter(({ name }) => name === section)
    .flatMap(({ settings }) => settings)
    .filter(({ key }) => ATTACHES.test(key))
    .slice(0, 50)
    .map((setting) => {
      // `attach-daemon2 = cmd=...,freq=3`; before the command of the smart ones stands the file of its number.
      const told = /(?:^|,)cmd=([^,]*)/.exec(setting.value)?.[1] ?? setting.value;
      return { setting, command: setting.key === 'smart-attach-daemon' ? told.replace(/^\S+\s+/, '') : told };
    });
}
