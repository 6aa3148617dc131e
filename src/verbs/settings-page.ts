import { harmless, withoutCommands } from '../harmless.js';
import type { EvaluatedSetting, SettingsModule } from '../technologies/settings-report.js';
import type { ReportOptions } from '../report/report.js';
import { ends, heading, paperOf, paragraph, place, type Paper } from '../report/text/paper.js';

/** Evaluated settings for people: value, where it was set, what it depends on. */
export function settingsPage(modules: readonly SettingsModule[], options: ReportOptions): string {
  const paper = paperOf(options);
  const lines = modules.flatMap((module) => moduleOf(paper, module));
  if (modules.length === 0) lines.push('No settings were found that could be evaluated.');
  return `${withoutCommands(lines.join('\n').trimStart())}\n`;
}

function moduleOf(paper: Paper, { module, evidence, settings }: SettingsModule): string[] {
  const { dim } = paper.paint;
  return [
    ...heading(paper, harmless(module)),
    ...evidence.flatMap(({ location, message }) => paragraph(paper, `${place(location)}  ${message}`, 2, dim)),
    ...Object.entries(settings).flatMap(([name, setting]) => ['', ...settingOf(paper, name, setting)]),
  ];
}

function settingOf(paper: Paper, name: string, { value, unknown, variable, locations }: EvaluatedSetting): string[] {
  const { bold, dim, yellow } = paper.paint;
  const [first] = locations;
  const where = first === undefined ? '' : dim(place(first));
  const lines = ends(paper, `  ${bold(harmless(name))}`, where);
  if (unknown !== undefined) lines.push(...paragraph(paper, `unknown: ${unknown}`, 4, yellow));
  else lines.push(...paragraph(paper, spaced(value), 4));
  if (variable !== undefined) lines.push(...paragraph(paper, `from the variable ${variable}`, 4, dim));
  return lines;
}

/** JSON on one line that can be broken between its parts. */
function spaced(value: unknown): string {
  return (JSON.stringify(value, null, 1) ?? 'undefined').replace(/\n\s*/g, ' ');
}
