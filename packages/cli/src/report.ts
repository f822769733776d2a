/** Reports of findings. */
import type { JudgedPlace, LintFinding } from '@moneytrail/collector';
import { type CliIo, paint } from './io.ts';

/** A finding with the path of its file. */
export interface PlacedFinding extends Omit<LintFinding, 'file'> {
  readonly file: string;
}

const EXPLAINED = 'What each code means: docs/collector-lint.md';

/** Formats findings for people: one line each, followed by place and fix. */
export function report(
  findings: readonly PlacedFinding[],
  files: readonly string[],
  io: CliIo,
): string {
  const checked = files.length === 1 ? files[0] : `${files.length} files`;
  if (findings.length === 0) return `${checked}: nothing found\n`;
  const width = Math.max(...findings.map((finding) => placeOf(finding).length));
  const codeWidth = Math.max(...findings.map(({ code }) => code.length));
  const blocks = findings.map((finding) => blockOf(finding, width, codeWidth, io));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`;
  return `${blocks.join('\n')}\n${paint(io, 'bold', counts)} in ${checked}. ${EXPLAINED}\n`;
}

/** Lists the configurations inside a file that were judged, and what was not. */
export function judged(places: readonly JudgedPlace[]): string {
  if (places.length === 0) return '';
  const wheres = places.map(({ where }) => where).join(', ');
  const isWhole = places.every(({ isMerged }) => !isMerged);
  return `Judged: ${wheres}.${isWhole ? '' : ' Additions of the chart are not in the file: lint the output of `helm template`.'}\n`;
}

function placeOf({ file, line }: PlacedFinding): string {
  return `${file}:${line}`;
}

function blockOf(finding: PlacedFinding, width: number, codeWidth: number, io: CliIo): string {
  const { severity, code, message, fix } = finding;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const head = [
    paint(io, 'bold', placeOf(finding).padEnd(width)),
    paint(io, colour, severity.padEnd('warning'.length)),
    paint(io, colour, code.padEnd(codeWidth)),
    message,
  ].join('  ');
  const at = pathOf(finding);
  const place = at === '' ? '' : `    ${paint(io, 'dim', `at   ${at}`)}\n`;
  return `${head}\n${place}    ${paint(io, 'dim', 'fix')}  ${fix}\n`;
}

/** The path of the setting, and its configuration if the file contains several. */
function pathOf({ path, where }: PlacedFinding): string {
  if (where === undefined) return path;
  return path === '' ? where : `${path}, in ${where}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
